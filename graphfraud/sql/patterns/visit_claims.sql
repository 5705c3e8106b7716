-- Purpose:    the claims of the joint visits of each group
-- Parameters: none; reads claims and the registered table joint_visits(ring, event, person_id,
--             facility_id, kind, day)
-- Columns:    ring, event, claim_id, person_id, facility_id, doctor_id ('' where none is named)
SELECT j.ring, j.event, c.claim_id, c.person_id, c.facility_id, coalesce(c.doctor_id, '') AS doctor_id
FROM joint_visits j
JOIN claims c ON c.person_id = j.person_id AND c.facility_id = j.facility_id
             AND c.start_time::DATE = j.day AND c.med_type = j.kind
WHERE c.refund_of IS NULL
  AND NOT EXISTS (FROM claims r WHERE r.refund_of = c.claim_id)
ORDER BY j.ring, j.event, c.start_time, c.claim_id;
