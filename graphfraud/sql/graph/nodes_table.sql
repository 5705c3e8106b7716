-- Purpose:    the nodes of a kind with a table: its rows, and the ids that only others mention.
-- Parameters: kind, target: the Parquet file; {numbers}, {table}, {key}, {columns}: what to keep,
--             {label_column}: what additional labels go by; reads watched, label_rules
-- Columns:    node, id, label, then the kind's properties; sorted by node
COPY (
    SELECT {columns}
    FROM {numbers}
    LEFT JOIN {table} ON id = {key}
    LEFT JOIN watched ON watched_kind = $kind AND watched_id = id
    LEFT JOIN label_rules
        ON rule_kind = $kind AND regexp_full_match({label_column}, rule_pattern)
    ORDER BY node
) TO $target (FORMAT parquet, ROW_GROUP_SIZE 2048); -- small: single rows are looked up
