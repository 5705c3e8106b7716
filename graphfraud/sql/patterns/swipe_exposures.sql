-- Purpose:    the settlements of cards with bursts, where they have them
-- Parameters: none; reads repeats (number of the place, person_id; registered), timed
--             (swipe_clock)
-- Columns:    number BIGINT, person_id VARCHAR, exposure BIGINT
WITH wanted AS (SELECT number, person_id, hash(person_id) AS card FROM repeats),
near AS (
    SELECT * FROM timed WHERE moment IS NOT NULL AND card IN (SELECT card FROM wanted)
)
SELECT w.number, w.person_id, count(*) AS exposure
FROM wanted w JOIN near n ON n.card = w.card AND (n.facility = w.number OR n.operator = w.number)
GROUP BY w.number, w.person_id ORDER BY w.number, w.person_id;
