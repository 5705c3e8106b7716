-- Purpose:    the settled claims of persons who have loops, where they have them
-- Parameters: none; reads repeats (place: facility number, person_id; registered) and swipes
--             (refund_margins)
-- Columns:    place INTEGER, person_id VARCHAR, exposure BIGINT
SELECT r.place, r.person_id, s.claims AS exposure
FROM repeats r JOIN swipes s ON s.place = r.place AND s.card = hash(r.person_id)
ORDER BY r.place, r.person_id;
