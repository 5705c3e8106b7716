-- Purpose:    the node of a kind with an id; its file is sorted by id.
-- Parameters: id; {rows}: the nodes of that kind
-- Columns:    node
SELECT node FROM {rows} WHERE id = $id;
