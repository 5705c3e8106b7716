-- Purpose:    how many values of a kind are held by how many persons: what is usual.
-- Parameters: none; reads persons
-- Columns:    kind, holders, n_values (values on so many persons, two at least)
WITH held AS (
    SELECT 'phone' AS kind, regexp_replace(phone, '[^0-9A-Za-z]', '', 'g') AS value FROM persons
    UNION ALL
    SELECT 'account', trim(bank_account) FROM persons
),
sizes AS (
    SELECT kind, value, count(*) AS holders FROM held
    WHERE value <> ''
    GROUP BY kind, value
    HAVING count(*) > 1
)
SELECT kind, holders, count(*) AS n_values FROM sizes
GROUP BY kind, holders
ORDER BY kind, holders;
