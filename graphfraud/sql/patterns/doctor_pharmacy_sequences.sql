-- Purpose:    every time a person was seen by a doctor and bought at a pharmacy on the same day.
-- Parameters: scheduled VARCHAR, a regular expression over dotless diagnosis codes; reads
--             coded_claims with its codes (events/coded_claims), doctors
-- Columns:    person, doctor, facility, pharmacy INTEGER (ranks of the ids' bytes, from 0),
--             area INTEGER (kind × region of the facility), department INTEGER (facility ×
--             department), season INTEGER (facility × quarter × working day or weekend),
--             day INTEGER (since 1970), sequence UTINYINT (1: the purchase is not earlier than the
--             visit, or a clock is missing), scheduled UTINYINT
CREATE OR REPLACE TEMPORARY TABLE referral_days AS
SELECT
    s.person,
    s.doctor,
    s.facility,
    b.facility AS pharmacy,
    s.day,
    bool_or(
        b.start_time >= s.start_time
        OR s.start_time::TIME = '00:00:00' OR b.start_time::TIME = '00:00:00'
    )::UTINYINT AS sequence,
    bool_or(
        regexp_matches(replace(upper(coalesce(s.diagnosis_code, '')), '.', ''), $scheduled)
        OR regexp_matches(replace(upper(coalesce(b.diagnosis_code, '')), '.', ''), $scheduled)
    )::UTINYINT AS scheduled
FROM coded_claims AS s
INNER JOIN coded_claims AS b
    ON s.person = b.person AND s.day = b.day AND s.facility <> b.facility
WHERE s.med_type = 'outpatient' AND s.doctor IS NOT NULL AND b.med_type = 'pharmacy'
GROUP BY ALL;

SELECT
    (dense_rank() OVER (ORDER BY p.person) - 1)::INTEGER AS person,
    (dense_rank() OVER (ORDER BY p.doctor) - 1)::INTEGER AS doctor,
    (dense_rank() OVER (ORDER BY p.facility) - 1)::INTEGER AS facility,
    (dense_rank() OVER (ORDER BY p.pharmacy) - 1)::INTEGER AS pharmacy,
    (dense_rank() OVER (ORDER BY f.kind, f.region) - 1)::INTEGER AS area,
    (dense_rank() OVER (ORDER BY p.facility, d.department) - 1)::INTEGER AS department,
    (dense_rank() OVER (
        ORDER BY p.facility, date_trunc('quarter', DATE '1970-01-01' + p.day),
            isodow(DATE '1970-01-01' + p.day) > 5
    ) - 1)::INTEGER AS season,
    p.day,
    p.sequence,
    p.scheduled
FROM referral_days AS p
INNER JOIN facility_codes AS f ON p.facility = f.facility
INNER JOIN doctor_codes AS c ON p.doctor = c.doctor
LEFT JOIN doctors AS d ON c.doctor_id = d.doctor_id
ORDER BY doctor, facility, pharmacy, person, day;
