-- Purpose:    pairs of accounts whose holders are one family: one home by address or phone among
--             few people, or relatives by a register.
-- Parameters: $household: people at one address or phone beyond which it is no household; reads
--             persons, relations and the registered table money_transfers(payer, payee)
-- Columns:    payer, payee
WITH pairs AS (SELECT DISTINCT payer, payee FROM money_transfers),
facts AS (
    SELECT
        person_id,
        trim(bank_account) AS account,
        nullif(trim(address), '') AS address,
        nullif(trim(phone), '') AS phone
    FROM persons
),
addresses AS (SELECT address FROM facts GROUP BY address HAVING count(*) <= $household),
phones AS (SELECT phone FROM facts GROUP BY phone HAVING count(*) <= $household),
relatives AS (
    SELECT from_id AS a, to_id AS b FROM relations
    WHERE from_type = 'person' AND to_type = 'person' AND relation IN ('household', 'relative')
    UNION
    SELECT to_id, from_id FROM relations
    WHERE from_type = 'person' AND to_type = 'person' AND relation IN ('household', 'relative')
)
SELECT DISTINCT m.payer, m.payee
FROM pairs AS m
INNER JOIN facts AS f ON m.payer = f.account
INNER JOIN facts AS t ON m.payee = t.account
WHERE (f.address = t.address AND f.address IN (SELECT address FROM addresses))
    OR (f.phone = t.phone AND f.phone IN (SELECT phone FROM phones))
    OR EXISTS (FROM relatives AS r WHERE r.a = f.person_id AND r.b = t.person_id)
ORDER BY ALL;
