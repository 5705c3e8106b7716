-- Purpose:    nodes whose name is a text, begins with it or, from two letters on, has it inside.
-- Parameters: file: the names; kinds: their places in the ontology; text, limit
-- Columns:    node, place: 0 exact, 1 prefix, 2 part
SELECT node, CASE WHEN name = $text THEN 0 WHEN starts_with(name, $text) THEN 1 ELSE 2 END AS place
FROM read_parquet($file)
WHERE
    contains(name, $text)
    AND (length($text) > 1 OR starts_with(name, $text))
    AND list_contains($kinds, kind)
ORDER BY place, node
LIMIT $limit;
