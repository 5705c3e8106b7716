-- purpose: pairs of members whom a register calls one household or relatives
-- parameters: none; reads the registered table members(person_id)
-- columns out: a, b (a < b), relation
WITH once AS (SELECT DISTINCT person_id FROM members)
SELECT DISTINCT least(from_id, to_id) AS a, greatest(from_id, to_id) AS b, relation
FROM relations
WHERE from_type = 'person' AND to_type = 'person' AND from_id <> to_id
  AND relation IN ('household', 'relative')
  AND from_id IN (SELECT person_id FROM once) AND to_id IN (SELECT person_id FROM once)
ORDER BY a, b, relation;
