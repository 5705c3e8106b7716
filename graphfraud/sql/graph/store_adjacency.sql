-- Purpose:    each relationship seen from both of its ends, in the order a neighbourhood shows them.
-- Parameters: {rows}: the relationships of all kinds; reads node_ranges
-- Columns:    node, other, kind, outward, edge, time, weight, other_kind; a loop is there once
WITH both_ends AS (
    SELECT source AS node, target AS other, kind, TRUE AS outward, edge, time, weight FROM {rows}
    UNION ALL
    SELECT target AS node, source AS other, kind, FALSE AS outward, edge, time, weight
    FROM {rows}
    WHERE source <> target
)
SELECT node, other, kind, outward, edge, time, weight, range_kind AS other_kind
FROM both_ends INNER JOIN node_ranges ON other BETWEEN first_node AND last_node
ORDER BY
    node, weight DESC NULLS LAST, time DESC NULLS LAST, kind, other, outward DESC, edge;
