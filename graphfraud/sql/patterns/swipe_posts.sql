-- Purpose:    at which facilities each operator settles how much
-- Parameters: none; reads timed (swipe_clock)
-- Columns:    operator INTEGER, facility INTEGER (numbers), claims BIGINT
SELECT operator, facility, count(*) AS claims
FROM timed WHERE moment IS NOT NULL AND operator IS NOT NULL GROUP BY operator, facility
ORDER BY operator, facility;
