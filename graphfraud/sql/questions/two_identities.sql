-- Purpose:    one human under several person ids: one id number, or one name and birth date.
-- Parameters: regions: in how many at least (one that is not known counts as one), rows
-- Columns:    basis, shared, persons, regions, person_id, name, region
WITH signs AS (
    SELECT 'id_number' AS basis, id_number AS shared, id AS person_id, name, region
    FROM nodes_insuredperson
    WHERE id_number IS NOT NULL
    UNION ALL
    SELECT 'name_and_birth_date', name || ' ' || birth_date::VARCHAR, id, name, region
    FROM nodes_insuredperson
    WHERE name IS NOT NULL AND birth_date IS NOT NULL
),
several AS (
    SELECT
        basis,
        shared,
        count(*) AS persons,
        count(DISTINCT coalesce(region, '')) AS regions,
        min(person_id) AS first_id
    FROM signs
    GROUP BY basis, shared
    HAVING count(*) >= 2
)
SELECT basis, shared, v.persons, v.regions, s.person_id, s.name, s.region
FROM several AS v INNER JOIN signs AS s USING (basis, shared)
WHERE v.regions >= $regions
ORDER BY basis, v.persons DESC, v.first_id, s.person_id
LIMIT $rows;
