-- Purpose:    the nodes of the register's ends of one kind.
-- Parameters: kind; {numbers}; reads register_ends
-- Columns:    into parties
INSERT INTO parties
SELECT e.entity_type, e.entity_id, n.node
FROM register_ends AS e INNER JOIN {numbers} AS n ON e.id = n.id
WHERE e.kind = $kind;
