-- Purpose:    how many claims each member has in all, and how many at the ring's places; refunds
--             are not counted.
-- Parameters: none; reads ring_facts and the registered table signal_members(ring, entity_type,
--             entity_id)
-- Columns:    ring, person_id, claims, at_places
CREATE OR REPLACE TEMPORARY TABLE ring_places AS
SELECT ring, facility_id FROM ring_facts
UNION
SELECT ring, entity_id FROM signal_members WHERE entity_type = 'facility';

CREATE OR REPLACE TEMPORARY TABLE ring_persons AS
SELECT DISTINCT ring, entity_id AS person_id FROM signal_members WHERE entity_type = 'person';

CREATE OR REPLACE TEMPORARY TABLE member_claims AS
SELECT m.ring, c.claim_id, c.person_id, c.start_time, p.facility_id IS NOT NULL AS at_place
FROM ring_persons m
JOIN claims c ON c.person_id = m.person_id
LEFT JOIN ring_places p ON p.ring = m.ring AND p.facility_id = c.facility_id
WHERE c.refund_of IS NULL;

SELECT ring, person_id, count(*) AS claims, count(*) FILTER (WHERE at_place) AS at_places
FROM member_claims GROUP BY ring, person_id ORDER BY ring, person_id;
