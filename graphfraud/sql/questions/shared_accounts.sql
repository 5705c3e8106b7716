-- Purpose:    bank accounts that several insured persons hold, with each holder.
-- Parameters: persons, rows
-- Columns:    account, persons, person_id, name, region
WITH holders AS (
    SELECT
        t.id AS account,
        count(*) OVER (PARTITION BY t.node) AS persons,
        p.id AS person_id,
        p.name,
        p.region
    FROM nodes_account AS t
    INNER JOIN edges_holds AS h ON h.target = t.node
    INNER JOIN nodes_insuredperson AS p ON p.node = h.source
)
SELECT account, persons, person_id, name, region
FROM holders
WHERE persons >= $persons
ORDER BY persons DESC, account, person_id
LIMIT $rows;
