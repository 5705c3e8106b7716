-- Purpose:    every time a person was seen by a doctor and bought at a pharmacy on the same day.
-- Parameters: scheduled VARCHAR, a regular expression over dotless diagnosis codes; reads claims,
--             facilities, doctors
-- Columns:    person, doctor, facility, pharmacy INTEGER (ranks of the ids' bytes, from 0),
--             area INTEGER (kind × region of the facility), department INTEGER (facility ×
--             department), season INTEGER (facility × quarter × working day or weekend),
--             day INTEGER (since 1970), sequence UTINYINT (1: the purchase is not earlier than the
--             visit, or a clock is missing), scheduled UTINYINT
CREATE OR REPLACE TEMPORARY VIEW referral_claims AS
SELECT * FROM claims AS c
WHERE c.refund_of IS NULL AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id);

CREATE OR REPLACE TEMPORARY TABLE referral_days AS
WITH seen AS (
    SELECT person_id, doctor_id, facility_id, start_time, start_time::DATE AS day, diagnosis_code
    FROM referral_claims
    WHERE med_type = 'outpatient' AND doctor_id IS NOT NULL
),
bought AS (
    SELECT person_id, facility_id, start_time, start_time::DATE AS day, diagnosis_code
    FROM referral_claims
    WHERE med_type = 'pharmacy'
)
SELECT
    s.person_id,
    s.doctor_id,
    s.facility_id,
    b.facility_id AS pharmacy_id,
    s.day,
    bool_or(
        b.start_time >= s.start_time
        OR s.start_time::TIME = '00:00:00' OR b.start_time::TIME = '00:00:00'
    )::UTINYINT AS sequence,
    bool_or(
        regexp_matches(replace(upper(coalesce(s.diagnosis_code, '')), '.', ''), $scheduled)
        OR regexp_matches(replace(upper(coalesce(b.diagnosis_code, '')), '.', ''), $scheduled)
    )::UTINYINT AS scheduled
FROM seen AS s
INNER JOIN bought AS b
    ON s.person_id = b.person_id AND s.day = b.day AND s.facility_id <> b.facility_id
GROUP BY ALL;

SELECT
    (dense_rank() OVER (ORDER BY p.person_id) - 1)::INTEGER AS person,
    (dense_rank() OVER (ORDER BY p.doctor_id) - 1)::INTEGER AS doctor,
    (dense_rank() OVER (ORDER BY p.facility_id) - 1)::INTEGER AS facility,
    (dense_rank() OVER (ORDER BY p.pharmacy_id) - 1)::INTEGER AS pharmacy,
    (dense_rank() OVER (ORDER BY f.kind, f.region) - 1)::INTEGER AS area,
    (dense_rank() OVER (ORDER BY p.facility_id, d.department) - 1)::INTEGER AS department,
    (dense_rank() OVER (
        ORDER BY p.facility_id, date_trunc('quarter', p.day), isodow(p.day) > 5
    ) - 1)::INTEGER AS season,
    (p.day - DATE '1970-01-01')::INTEGER AS day,
    p.sequence,
    p.scheduled
FROM referral_days AS p
LEFT JOIN facilities AS f ON p.facility_id = f.facility_id
LEFT JOIN doctors AS d ON p.doctor_id = d.doctor_id
ORDER BY doctor, facility, pharmacy, person, day;
