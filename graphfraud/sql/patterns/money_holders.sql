-- Purpose:    whose account is it: facilities' and insured persons' accounts, with how many hold it.
-- Parameters: none; reads facilities, persons
-- Columns:    account, kind ('facility' or 'person'), holder, region ('' for unknown), holders
WITH held AS (
    SELECT trim(bank_account) AS account, 'facility' AS kind, facility_id AS holder, region
    FROM facilities
    UNION ALL
    SELECT trim(bank_account), 'person', person_id, region FROM persons
)
SELECT
    account,
    kind,
    holder,
    coalesce(region, '') AS region,
    count(*) OVER (PARTITION BY account, kind) AS holders
FROM held
WHERE account <> ''
ORDER BY account, kind, holder;
