-- Purpose:    how often each patient saw the doctors in question.
-- Parameters: none; reads coded_claims (events/coded_claims) and referral_pairs (pair, doctor_id, facility_id,
--             pharmacy_id), lent by the caller
-- Columns:    pair BIGINT, person_id VARCHAR, visits BIGINT (days)
WITH pairs AS (
    SELECT p.pair, d.doctor, f.facility
    FROM referral_pairs AS p
    INNER JOIN doctor_codes AS d ON p.doctor_id = d.doctor_id
    INNER JOIN facility_codes AS f ON p.facility_id = f.facility_id
),
seen AS (
    SELECT DISTINCT p.pair, c.person, c.day
    FROM coded_claims AS c
    INNER JOIN pairs AS p ON c.doctor = p.doctor AND c.facility = p.facility
    WHERE c.med_type = 'outpatient'
)
SELECT s.pair, p.person_id, count(*) AS visits
FROM seen AS s INNER JOIN person_codes AS p ON s.person = p.person
GROUP BY s.pair, p.person_id
ORDER BY s.pair, p.person_id;
