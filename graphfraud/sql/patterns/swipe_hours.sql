-- Purpose:    at which quarter of an hour each facility and each operator settles how much
-- Parameters: none; reads timed (swipe_clock)
-- Columns:    place INTEGER (number), quarter BIGINT (of the day), claims BIGINT
SELECT facility AS place, moment % 86400 // 900 AS quarter, count(*) AS claims
FROM timed WHERE moment IS NOT NULL GROUP BY place, quarter
UNION ALL
SELECT operator, moment % 86400 // 900 AS quarter, count(*)
FROM timed WHERE moment IS NOT NULL AND operator IS NOT NULL GROUP BY operator, quarter
ORDER BY place, quarter;
