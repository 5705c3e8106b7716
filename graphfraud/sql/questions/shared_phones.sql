-- Purpose:    telephone numbers that several insured persons gave, with each of them.
-- Parameters: persons, rows
-- Columns:    phone, persons, person_id, name, region
WITH holders AS (
    SELECT
        t.id AS phone,
        count(*) OVER (PARTITION BY t.node) AS persons,
        p.id AS person_id,
        p.name,
        p.region
    FROM nodes_phone AS t
    INNER JOIN edges_holds AS h ON h.target = t.node
    INNER JOIN nodes_insuredperson AS p ON p.node = h.source
)
SELECT phone, persons, person_id, name, region
FROM holders
WHERE persons >= $persons
ORDER BY persons DESC, phone, person_id
LIMIT $rows;
