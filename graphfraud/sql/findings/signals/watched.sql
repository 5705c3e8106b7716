-- Purpose:    who of a ring is on the watch list: members, and whom its claims name.
-- Parameters: none; reads ring_facts, the registered table signal_members, watchlist
-- Columns:    ring, entity_type, entity_id, reason
WITH named AS (
    SELECT ring, entity_type, entity_id FROM signal_members
    UNION SELECT ring, 'facility', facility_id FROM ring_facts
    UNION SELECT ring, 'doctor', doctor_id FROM ring_facts WHERE doctor_id <> ''
    UNION SELECT ring, 'operator', operator_id FROM ring_facts WHERE operator_id <> ''
)
SELECT n.ring, n.entity_type, n.entity_id, min(coalesce(w.reason, '')) AS reason
FROM named n JOIN watchlist w USING (entity_type, entity_id)
GROUP BY ALL ORDER BY ALL;
