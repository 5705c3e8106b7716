-- Purpose:    how many persons a stratum has, in the region and in each place of holders.
-- Parameters: none; reads pivot_strata, pivot_holding (patterns/pivot_visits)
-- Columns:    kind (of facility), region, habit, place ('' stands for the whole region), persons
WITH wanted AS (
    SELECT DISTINCT kind, region, habit, place FROM pivot_strata
    WHERE person IN (SELECT person FROM pivot_holding)
)
SELECT kind, region, habit, '' AS place, count(*) AS persons FROM pivot_strata
GROUP BY kind, region, habit
UNION ALL
SELECT kind, region, habit, place, count(*) AS persons FROM pivot_strata
WHERE place <> '' AND (kind, region, habit, place) IN (SELECT (kind, region, habit, place) FROM wanted)
GROUP BY kind, region, habit, place
ORDER BY ALL;
