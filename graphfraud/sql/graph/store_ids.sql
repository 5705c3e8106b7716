-- Purpose:    nodes of one kind whose id is a text or begins with it.
-- Parameters: text, limit; {rows}: the nodes of that kind
-- Columns:    node, place: 0 exact, 1 prefix
SELECT node, (id <> $text)::BIGINT AS place
FROM {rows}
WHERE prefix(id, $text)
ORDER BY node
LIMIT $limit;
