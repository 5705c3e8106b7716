-- Purpose:    the ends of the register's relations: which kind of node each is, and under which id.
-- Parameters: other: the kind of whatever has a type of its own; reads relations, entity_kinds
-- Columns:    (register_ends) entity_type, entity_id, kind, id; kinds and ids into mentions
CREATE OR REPLACE TEMPORARY TABLE register_ends AS
WITH ends AS (
    SELECT from_type AS entity_type, from_id AS entity_id FROM relations
    UNION
    SELECT to_type, to_id FROM relations
)
SELECT
    e.entity_type,
    e.entity_id,
    coalesce(k.node_kind, $other) AS kind,
    CASE
        WHEN k.node_kind IS NOT NULL THEN e.entity_id
        -- A colon inside the type is escaped, so that two ends never share one id by accident.
        ELSE short(replace(replace(e.entity_type, '%', '%25'), ':', '%3A') || ':' || e.entity_id)
    END AS id
FROM ends AS e LEFT JOIN entity_kinds AS k ON e.entity_type = k.entity_type
WHERE e.entity_type IS NOT NULL AND e.entity_id IS NOT NULL;
INSERT INTO mentions SELECT kind, id FROM register_ends;
