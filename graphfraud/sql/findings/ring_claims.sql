-- purpose: the claims behind the joint visits of each group, down to the source row
-- parameters: none; reads the registered table joint_visits(ring, event, person_id, facility_id, kind, day)
-- columns out: ring, event, claim_id, person_id, facility_id, start_time, total_amount, fund_amount,
--              feed_id, record_no, record_hash (hex), doctor_id, region
SELECT j.ring, j.event, c.claim_id, c.person_id, c.facility_id, c.start_time,
       c.total_amount, coalesce(c.fund_amount, 0) AS fund_amount,
       c.feed_id, c.record_no, lower(hex(c.record_hash)) AS record_hash,
       coalesce(c.doctor_id, '') AS doctor_id,
       coalesce(f.region, c.settle_region, '') AS region
FROM joint_visits j
JOIN claims c ON c.person_id = j.person_id AND c.facility_id = j.facility_id
             AND c.start_time::DATE = j.day AND c.med_type = j.kind
LEFT JOIN facilities f ON f.facility_id = c.facility_id
WHERE c.refund_of IS NULL
  AND NOT EXISTS (FROM claims r WHERE r.refund_of = c.claim_id)
ORDER BY j.ring, j.event, c.start_time, c.claim_id;
