-- Purpose:    what registers say of the holders: kin, and agents.
-- Parameters: none; reads relations and the registered table pivot_people(person_id)
-- Columns:    person_id, relation, other_type, other_id
WITH directions AS (
    SELECT from_id AS person_id, relation, to_type AS other_type, to_id AS other_id
    FROM relations WHERE from_type = 'person'
    UNION
    SELECT to_id, relation, from_type, from_id FROM relations WHERE to_type = 'person'
)
SELECT person_id, relation, other_type, other_id FROM directions
WHERE relation IN ('household', 'relative', 'agent')
    AND person_id IN (SELECT person_id FROM pivot_people)
ORDER BY ALL;
