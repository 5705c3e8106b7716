-- Purpose:    the settlements of cards with bursts, where they have them
-- Parameters: none; reads repeats (place_type, place, person_id; registered), timed (swipe_clock)
-- Columns:    place_type, place, person_id VARCHAR, exposure BIGINT
SELECT 'facility' AS place_type, facility_id AS place, t.person_id, count(*) AS exposure
FROM timed t SEMI JOIN repeats r
  ON r.place_type = 'facility' AND r.place = t.facility_id AND r.person_id = t.person_id
WHERE moment IS NOT NULL GROUP BY facility_id, t.person_id
UNION ALL
SELECT 'operator', operator_id, t.person_id, count(*)
FROM timed t SEMI JOIN repeats r
  ON r.place_type = 'operator' AND r.place = t.operator_id AND r.person_id = t.person_id
WHERE moment IS NOT NULL GROUP BY operator_id, t.person_id
ORDER BY place_type, place, person_id;
