-- Purpose:    how many of a region's persons with an account are customers of a provider.
-- Parameters: none; reads claims, persons and the registered table money_asked(facility_id, provider)
-- Columns:    provider, region, customers, persons (with an account in that region)
WITH banked AS (
    SELECT person_id, coalesce(region, '') AS region FROM persons WHERE trim(bank_account) <> ''
),
sizes AS (SELECT region, count(*) AS persons FROM banked GROUP BY region),
been AS (
    SELECT DISTINCT a.provider, c.person_id
    FROM claims AS c INNER JOIN money_asked AS a ON c.facility_id = a.facility_id
    WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
),
counted AS (
    SELECT b.provider, p.region, count(*) AS customers
    FROM been AS b INNER JOIN banked AS p ON b.person_id = p.person_id
    GROUP BY ALL
)
SELECT
    providers.provider,
    s.region,
    coalesce(c.customers, 0) AS customers,
    s.persons
FROM (SELECT DISTINCT provider FROM money_asked) AS providers
CROSS JOIN sizes AS s
LEFT JOIN counted AS c ON c.provider = providers.provider AND c.region = s.region
ORDER BY ALL;
