-- Purpose:    what is needed to count the family and to measure how alike a day's baskets are.
-- Parameters: persons BIGINT, fewer persons in an area make no template; reads template_days,
--             template_totals, template_areas
-- Columns:    facility_id, med_type VARCHAR, day INTEGER, seen BIGINT, same DOUBLE (ordered pairs of
--             one basket that day), by_chance DOUBLE (share of pairs alike over the facility's
--             whole time), baskets BIGINT (of its area, of enough persons), days BIGINT
WITH possible AS (
    SELECT a.area, d.basket
    FROM template_days AS d
    INNER JOIN template_areas AS a ON d.facility = a.facility AND d.med_type = a.med_type
    WHERE d.comparable
    GROUP BY a.area, d.basket
    HAVING sum(d.alike) >= $persons
),
family AS (SELECT area, count(*) AS baskets FROM possible GROUP BY area),
own AS (
    SELECT facility, med_type, basket, sum(alike)::DOUBLE AS persons
    FROM template_days GROUP BY ALL
),
chance AS (
    SELECT facility, med_type,
        sum(persons * (persons - 1)) / greatest(1, sum(persons) * (sum(persons) - 1)) AS share
    FROM own GROUP BY ALL
),
same AS (
    SELECT facility, med_type, day, sum(alike * (alike - 1.0)) AS pairs
    FROM template_days GROUP BY ALL
)
SELECT
    a.facility_id, t.med_type, t.day, t.seen, s.pairs AS same, c.share AS by_chance,
    coalesce(f.baskets, 0) AS baskets,
    count(*) OVER (PARTITION BY t.facility, t.med_type) AS days
FROM template_totals AS t
INNER JOIN same AS s
    ON t.facility = s.facility AND t.med_type = s.med_type AND t.day = s.day
INNER JOIN chance AS c ON t.facility = c.facility AND t.med_type = c.med_type
INNER JOIN template_areas AS a ON t.facility = a.facility AND t.med_type = a.med_type
LEFT JOIN family AS f ON a.area = f.area
ORDER BY a.facility_id, t.med_type, t.day;
