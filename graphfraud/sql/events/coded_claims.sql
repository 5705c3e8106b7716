-- Purpose:    the claims that count, with numbers for names: several steps group them by person and
--             facility, and text is dear to group. Made once; refunds and what they reverse left out.
-- Parameters: none; reads claims, persons, facilities, doctors
-- Columns:    (person_codes) person_id, person; (facility_codes) facility_id, facility, kind, region;
--             (doctor_codes) doctor_id, doctor; (operator_codes) operator_id, operator: INTEGER ranks
--             of the ids' bytes, from 0; (coded_claims) claim_id, person, facility, doctor, operator
--             INTEGER, day INTEGER (since 1970), med_type VARCHAR, start_time TIMESTAMP,
--             diagnosis_code VARCHAR, total_amount BIGINT (fen)
CREATE TEMPORARY TABLE IF NOT EXISTS person_codes AS
SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS person FROM persons;

CREATE TEMPORARY TABLE IF NOT EXISTS facility_codes AS
SELECT
    facility_id, (row_number() OVER (ORDER BY facility_id) - 1)::INTEGER AS facility, kind, region
FROM facilities;

CREATE TEMPORARY TABLE IF NOT EXISTS doctor_codes AS
SELECT doctor_id, (row_number() OVER (ORDER BY doctor_id) - 1)::INTEGER AS doctor FROM doctors;

CREATE TEMPORARY TABLE IF NOT EXISTS operator_codes AS
SELECT operator_id, (row_number() OVER (ORDER BY operator_id) - 1)::INTEGER AS operator
FROM (SELECT DISTINCT operator_id FROM claims WHERE operator_id IS NOT NULL);

CREATE TEMPORARY TABLE IF NOT EXISTS coded_claims AS
SELECT
    c.claim_id,
    p.person,
    f.facility,
    d.doctor,
    o.operator,
    (c.start_time::DATE - DATE '1970-01-01')::INTEGER AS day,
    c.med_type,
    c.start_time,
    c.diagnosis_code,
    c.total_amount
FROM claims AS c
INNER JOIN person_codes AS p ON c.person_id = p.person_id
INNER JOIN facility_codes AS f ON c.facility_id = f.facility_id
LEFT JOIN doctor_codes AS d ON c.doctor_id = d.doctor_id
LEFT JOIN operator_codes AS o ON c.operator_id = o.operator_id
WHERE c.refund_of IS NULL
    AND c.claim_id NOT IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL);
