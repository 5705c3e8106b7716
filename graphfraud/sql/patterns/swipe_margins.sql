-- Purpose:    how many cards of each facility and of each operator have how many settlements there
-- Parameters: none; reads timed (swipe_clock)
-- Columns:    place INTEGER (number), exposure BIGINT (settlements of a card), persons BIGINT
WITH cards AS (
    SELECT facility AS place, card, count(*) AS exposure
    FROM timed WHERE moment IS NOT NULL GROUP BY facility, card
    UNION ALL
    SELECT operator, card, count(*)
    FROM timed WHERE moment IS NOT NULL AND operator IS NOT NULL GROUP BY operator, card
)
SELECT place, exposure, count(*) AS persons
FROM cards GROUP BY place, exposure ORDER BY place, exposure;
