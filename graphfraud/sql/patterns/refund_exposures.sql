-- Purpose:    the settled claims of persons who have loops, where they have them
-- Parameters: none; reads repeats (person_id, place; registered) and swipes (refund_loops)
-- Columns:    place, person_id VARCHAR, exposure BIGINT
SELECT s.facility_id AS place, s.person_id, s.claims AS exposure
FROM swipes s SEMI JOIN repeats r ON r.person_id = s.person_id AND r.place = s.facility_id
ORDER BY place, s.person_id;
