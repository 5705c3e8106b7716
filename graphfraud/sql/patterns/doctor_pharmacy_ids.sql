-- Purpose:    the ids behind the ranks of doctor_pharmacy_sequences.
-- Parameters: none; reads referral_days and the codes of events/coded_claims
-- Columns:    kind VARCHAR (person, doctor, facility, pharmacy), id VARCHAR, in the order of ranks
SELECT 'person' AS kind, person_id AS id
FROM person_codes SEMI JOIN referral_days USING (person)
UNION ALL
SELECT 'doctor', doctor_id FROM doctor_codes SEMI JOIN referral_days USING (doctor)
UNION ALL
SELECT 'facility', facility_id FROM facility_codes SEMI JOIN referral_days USING (facility)
UNION ALL
SELECT 'pharmacy', f.facility_id
FROM facility_codes AS f SEMI JOIN referral_days AS r ON f.facility = r.pharmacy
ORDER BY kind, id;
