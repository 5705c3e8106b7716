-- Purpose:    nodes whose name becomes a text by one letter added, left out or changed, or by two
--             neighbours swapped. DuckDB's own edit distances count bytes, not letters.
-- Parameters: file: the names; kinds: their places in the ontology; text, limit
-- Columns:    node, place: 3
WITH asked AS (SELECT $text AS t, length($text) AS n, length($text) // 2 AS h),
-- One change leaves the first half or the second half whole, unless it swaps across the middle.
candidates AS (
    SELECT node, name, length(name) AS m, t, n
    FROM read_parquet($file), asked
    WHERE
        length(name) BETWEEN n - 1 AND n + 1
        AND name <> t
        AND (
            starts_with(name, left(t, h))
            OR ends_with(name, substr(t, h + 1))
            OR name = left(t, h - 1) || substr(t, h + 1, 1) || substr(t, h, 1) || substr(t, h + 2)
        )
        AND list_contains($kinds, kind)
)
SELECT node, 3 AS place
FROM candidates
WHERE len(list_filter(range(least(m, n) + 1), lambda i:
    left(name, i) = left(t, i)
    AND CASE m - n
        WHEN 0 THEN
            substr(name, i + 2) = substr(t, i + 2)
            OR (
                substr(name, i + 1, 2) = substr(t, i + 2, 1) || substr(t, i + 1, 1)
                AND substr(name, i + 3) = substr(t, i + 3)
            )
        WHEN 1 THEN substr(name, i + 2) = substr(t, i + 1)
        ELSE substr(name, i + 1) = substr(t, i + 2)
    END)) > 0
ORDER BY node
LIMIT $limit;
