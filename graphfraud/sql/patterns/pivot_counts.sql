-- Purpose:    how many persons of a stratum were on so many days at the facilities of a set.
-- Parameters: $each: more days at one facility count as this many; $cap: and in all; reads
--             pivot_been, pivot_strata, pivot_holding (patterns/pivot_visits), facility_codes and
--             the registered table pivot_sets(number, kind, facility_id)
-- Columns:    number (of the set), region, habit, place ('' stands for the whole region), days,
--             persons
WITH at_set AS (
    SELECT s.number, s.kind, b.person, least(sum(least(b.days, $each)), $cap)::INTEGER AS days
    FROM pivot_been AS b
    INNER JOIN facility_codes AS f ON b.facility = f.facility
    INNER JOIN pivot_sets AS s ON f.facility_id = s.facility_id
    GROUP BY s.number, s.kind, b.person
),
wanted AS (
    SELECT DISTINCT kind, region, habit, place FROM pivot_strata
    WHERE person IN (SELECT person FROM pivot_holding)
),
counted AS (
    SELECT a.number, a.kind, t.region, t.habit, t.place, a.days, count(*) AS persons
    FROM at_set AS a
    INNER JOIN pivot_strata AS t ON a.person = t.person AND a.kind = t.kind
    GROUP BY ALL
)
SELECT number, region, habit, '' AS place, days, sum(persons)::BIGINT AS persons
FROM counted
WHERE (kind, region, habit) IN (SELECT (kind, region, habit) FROM wanted)
GROUP BY ALL
UNION ALL
SELECT number, region, habit, place, days, persons FROM counted
WHERE place <> '' AND (kind, region, habit, place) IN (SELECT (kind, region, habit, place) FROM wanted)
ORDER BY ALL;
