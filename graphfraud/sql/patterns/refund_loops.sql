-- Purpose:    loops: a card swiped, refunded and swiped again at the same facility within hours.
-- Parameters: $hours: from swipe to refund and from refund to the next swipe, at most;
--             $scheduled: expression of scheduled diagnoses; reads claims
-- Columns:    facility_id, person_id, claim_id, refund_id, again_id, operator_id, day (seconds of
--             midnight of the refund), scheduled
CREATE OR REPLACE TEMPORARY TABLE refunds AS
SELECT claim_id, refund_of, operator_id, coalesce(settle_time, start_time) AS refunded
FROM claims WHERE refund_of IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE taken_back AS
SELECT a.claim_id, r.claim_id AS refund_id, a.person_id, a.facility_id, a.diagnosis_code,
       coalesce(r.operator_id, a.operator_id) AS operator_id,
       coalesce(a.settle_time, a.start_time) AS swiped, r.refunded
FROM refunds r JOIN claims a ON a.claim_id = r.refund_of
WHERE a.refund_of IS NULL AND a.med_type <> 'manual'
  AND refunded BETWEEN swiped AND swiped + to_minutes(($hours * 60)::BIGINT);

SELECT t.facility_id, t.person_id, t.claim_id, min(t.refund_id) AS refund_id,
       arg_min(b.claim_id, (coalesce(b.settle_time, b.start_time), b.claim_id)) AS again_id,
       min(t.operator_id) AS operator_id,
       epoch_us(date_trunc('day', min(t.refunded))) // 1000000 AS day,
       coalesce(regexp_matches(replace(upper(min(t.diagnosis_code)), '.', ''), $scheduled), FALSE)
           AS scheduled
FROM taken_back t
JOIN claims b
  ON b.person_id = t.person_id AND b.facility_id = t.facility_id AND b.claim_id <> t.claim_id
WHERE b.refund_of IS NULL AND b.med_type <> 'manual'
  AND coalesce(b.settle_time, b.start_time)
      BETWEEN t.refunded AND t.refunded + to_minutes(($hours * 60)::BIGINT)
GROUP BY t.facility_id, t.person_id, t.claim_id
ORDER BY t.facility_id, t.person_id, t.claim_id;
