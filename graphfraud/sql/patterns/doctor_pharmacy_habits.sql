-- Purpose:    on how many days the persons of the sequences bought at each pharmacy, whatever else
--             they did that day.
-- Parameters: none; reads referral_claims, referral_days
-- Columns:    person INTEGER (rank in referral_days), pharmacy INTEGER (rank there, -1 for a
--             pharmacy that no sequence ends at), days INTEGER
WITH persons AS (
    SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS person
    FROM (SELECT DISTINCT person_id FROM referral_days)
),
pharmacies AS (
    SELECT pharmacy_id, (row_number() OVER (ORDER BY pharmacy_id) - 1)::INTEGER AS pharmacy
    FROM (SELECT DISTINCT pharmacy_id FROM referral_days)
),
bought AS (
    SELECT DISTINCT p.person, c.facility_id, c.start_time::DATE AS day
    FROM referral_claims AS c INNER JOIN persons AS p ON c.person_id = p.person_id
    WHERE c.med_type = 'pharmacy'
)
SELECT b.person, coalesce(h.pharmacy, -1)::INTEGER AS pharmacy, count(*)::INTEGER AS days
FROM bought AS b LEFT JOIN pharmacies AS h ON b.facility_id = h.pharmacy_id
GROUP BY ALL
ORDER BY ALL;
