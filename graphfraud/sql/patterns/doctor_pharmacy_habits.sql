-- Purpose:    on how many days the persons of the sequences bought at each pharmacy, whatever else
--             they did that day.
-- Parameters: none; reads coded_claims (events/coded_claims), referral_days
-- Columns:    person INTEGER (rank in referral_days), pharmacy INTEGER (rank there, -1 for a
--             pharmacy that no sequence ends at), days INTEGER
WITH persons AS (
    SELECT person, (row_number() OVER (ORDER BY person) - 1)::INTEGER AS rank
    FROM (SELECT DISTINCT person FROM referral_days)
),
pharmacies AS (
    SELECT pharmacy, (row_number() OVER (ORDER BY pharmacy) - 1)::INTEGER AS rank
    FROM (SELECT DISTINCT pharmacy FROM referral_days)
),
bought AS (
    SELECT DISTINCT p.rank, c.facility, c.day
    FROM coded_claims AS c INNER JOIN persons AS p ON c.person = p.person
    WHERE c.med_type = 'pharmacy'
)
SELECT
    b.rank AS person, coalesce(h.rank, -1)::INTEGER AS pharmacy, count(*)::INTEGER AS days
FROM bought AS b LEFT JOIN pharmacies AS h ON b.facility = h.pharmacy
GROUP BY ALL
ORDER BY ALL;
