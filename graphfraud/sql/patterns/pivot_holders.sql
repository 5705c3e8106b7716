-- Purpose:    persons on one phone or bank account, by what registers say and where reimbursements
--             for their claims went; only values that at least three persons hold.
-- Parameters: none; reads persons, payments, claims
-- Columns:    kind ('phone' or 'account'), value, person_id, holders (persons on the value)
WITH held AS (
    SELECT 'phone' AS kind, regexp_replace(phone, '[^0-9A-Za-z]', '', 'g') AS value, person_id
    FROM persons
    UNION
    SELECT 'account', trim(bank_account), person_id FROM persons
    UNION
    SELECT 'account', trim(p.payee_account), c.person_id
    FROM payments AS p INNER JOIN claims AS c ON p.claim_id = c.claim_id
    WHERE c.med_type = 'manual'
),
counted AS (
    SELECT kind, value, person_id, count(*) OVER (PARTITION BY kind, value) AS holders
    FROM held
    WHERE value <> ''
)
SELECT kind, value, person_id, holders FROM counted
WHERE holders >= 3
ORDER BY kind, value, person_id;
