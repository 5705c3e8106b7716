-- Purpose:    the ids behind the ranks of doctor_pharmacy_sequences.
-- Parameters: none; reads referral_days
-- Columns:    kind VARCHAR (person, doctor, facility, pharmacy), id VARCHAR, in the order of ranks
SELECT kind, id
FROM (
    SELECT DISTINCT 'person' AS kind, person_id AS id FROM referral_days
    UNION ALL SELECT DISTINCT 'doctor', doctor_id FROM referral_days
    UNION ALL SELECT DISTINCT 'facility', facility_id FROM referral_days
    UNION ALL SELECT DISTINCT 'pharmacy', pharmacy_id FROM referral_days
)
ORDER BY kind, id;
