-- Purpose:    names that may be one slip from a text: half of it stands where it stood, unless two
--             letters were swapped across the seam.
-- Parameters: file: the names; kinds: their places in the ontology; start, finish: the text's
--             halves, swapped: it with the two letters at the seam swapped; letters: of the text
-- Columns:    node, name
SELECT node, name
FROM read_parquet($file)
WHERE
    (starts_with(name, $start) OR ends_with(name, $finish) OR name = $swapped)
    AND length(name) BETWEEN $letters - 1 AND $letters + 1
    AND list_contains($kinds, kind)
ORDER BY node;
