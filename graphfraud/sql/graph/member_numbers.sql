-- Purpose:    the nodes of a run's ring members of one entity type.
-- Parameters: entity_type; {numbers}; reads ring_members
-- Columns:    into parties
INSERT INTO parties
SELECT DISTINCT m.entity_type, m.entity_id, n.node
FROM ring_members AS m INNER JOIN {numbers} AS n ON m.entity_id = n.id
WHERE m.entity_type = $entity_type;
