-- Purpose:    the nodes of a kind without a table whose rows name it: the commonest name, and the
--             first of those that are equally common.
-- Parameters: kind, target: the Parquet file; {numbers}, {table}, {key}, {name_column},
--             {columns}: what to keep, {label_column}: what additional labels go by;
--             reads watched, label_rules
-- Columns:    node, id, label, then the kind's properties; sorted by node
COPY (
    WITH counted AS (
        SELECT {key} AS named_id, {name_column} AS one_name, count(*) AS uses
        FROM {table}
        WHERE {key} IS NOT NULL AND {name_column} IS NOT NULL
        GROUP BY ALL
    ),
    named AS (
        SELECT named_id, one_name AS {name_column}
        FROM counted
        QUALIFY row_number() OVER (PARTITION BY named_id ORDER BY uses DESC, one_name) = 1
    )
    SELECT {columns}
    FROM {numbers}
    LEFT JOIN named ON id = named_id
    LEFT JOIN watched ON watched_kind = $kind AND watched_id = id
    LEFT JOIN label_rules
        ON rule_kind = $kind AND regexp_full_match({label_column}, rule_pattern)
    ORDER BY node
) TO $target (FORMAT parquet, ROW_GROUP_SIZE 2048); -- small: single rows are looked up
