-- Purpose:    the strata of each holder, and how many facilities their region's persons went to.
-- Parameters: none; reads pivot_been, pivot_strata and the registered table pivot_people(person_id)
-- Columns:    person_id, kind (of facility), region, place, habit (powers of two of the days at
--             facilities of the kind), facilities (of all kinds)
WITH homes AS (SELECT DISTINCT person_id, region FROM pivot_strata),
reach AS (
    SELECT h.region, count(DISTINCT b.facility_id) AS facilities
    FROM pivot_been AS b INNER JOIN homes AS h ON b.person_id = h.person_id
    GROUP BY h.region
)
SELECT t.person_id, t.kind, t.region, t.place, t.habit, coalesce(r.facilities, 0) AS facilities
FROM pivot_strata AS t LEFT JOIN reach AS r ON t.region = r.region
WHERE t.person_id IN (SELECT person_id FROM pivot_people)
ORDER BY t.person_id, t.kind;
