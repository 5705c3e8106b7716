-- Purpose:    how often each patient saw the doctors in question.
-- Parameters: none; reads referral_claims and referral_pairs (pair, doctor_id, facility_id,
--             pharmacy_id), lent by the caller
-- Columns:    pair BIGINT, person_id VARCHAR, visits BIGINT (days)
SELECT p.pair, c.person_id, count(DISTINCT c.start_time::DATE) AS visits
FROM referral_claims AS c
INNER JOIN referral_pairs AS p ON c.doctor_id = p.doctor_id AND c.facility_id = p.facility_id
WHERE c.med_type = 'outpatient'
GROUP BY p.pair, c.person_id
ORDER BY p.pair, c.person_id;
