-- Purpose:    how many cards of each facility and of each operator have how many settlements there
-- Parameters: none; reads timed (swipe_clock), operators (swipe_bursts)
-- Columns:    place_type, place VARCHAR, exposure BIGINT (settlements of a card), persons BIGINT
WITH cards AS (
    SELECT 'facility' AS place_type, facility_id AS place, person_id, count(*) AS exposure
    FROM timed WHERE moment IS NOT NULL GROUP BY facility_id, person_id
    UNION ALL
    SELECT 'operator', operator_id, person_id, count(*)
    FROM timed SEMI JOIN operators USING (operator_id)
    WHERE moment IS NOT NULL GROUP BY operator_id, person_id
)
SELECT place_type, place, exposure, count(*) AS persons
FROM cards GROUP BY place_type, place, exposure ORDER BY place_type, place, exposure;
