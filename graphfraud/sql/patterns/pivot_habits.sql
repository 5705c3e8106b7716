-- Purpose:    the strata of each holder, and how many facilities their region's persons went to.
-- Parameters: none; reads pivot_been, pivot_strata, pivot_holding (patterns/pivot_visits), person_codes
-- Columns:    person_id, kind (of facility), region, place, habit (powers of two of the days at
--             facilities of the kind), facilities (of all kinds)
WITH homes AS (SELECT DISTINCT person, region FROM pivot_strata),
been AS (
    SELECT DISTINCT h.region, b.facility
    FROM pivot_been AS b INNER JOIN homes AS h ON b.person = h.person
),
reach AS (SELECT region, count(*) AS facilities FROM been GROUP BY region)
SELECT c.person_id, t.kind, t.region, t.place, t.habit, coalesce(r.facilities, 0) AS facilities
FROM pivot_strata AS t
SEMI JOIN pivot_holding AS p ON t.person = p.person
INNER JOIN person_codes AS c ON t.person = c.person
LEFT JOIN reach AS r ON t.region = r.region
ORDER BY c.person_id, t.kind;
