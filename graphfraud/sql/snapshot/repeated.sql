-- Purpose:    rows of different feeds under one key: where all agree the first (by feed, then record)
--             stays and the others are duplicates; where they differ all are in conflict.
-- Parameters: table; {rows}, {key}: its key columns, or all columns of a table without a key
-- Columns:    into excluded
INSERT INTO excluded
WITH repeated AS (
    -- Integers first: few keys repeat, and text is dear to group.
    SELECT hash({key}) AS key_hash FROM {rows} GROUP BY key_hash HAVING count(*) > 1
),
rivals AS (
    -- Contents are compared by 64 bits of hash: among rows of one key, which are two or three,
    -- different ones look the same once in 10^19 times, and then one of them still counts.
    SELECT
        {key}, feed_id, record_no,
        hash(*COLUMNS(* EXCLUDE (feed_id, record_no, record_hash))) AS content
    FROM (
        SELECT * FROM {rows} AS r SEMI JOIN repeated ON hash({key}) = repeated.key_hash
    )
    ANTI JOIN (FROM excluded WHERE table_name = $table) AS x USING (feed_id, record_no)
),
judged AS (
    SELECT
        feed_id, record_no,
        min(content) OVER same_key <> max(content) OVER same_key AS differs,
        row_number() OVER (PARTITION BY {key} ORDER BY feed_id, record_no) AS place
    FROM rivals
    WINDOW same_key AS (PARTITION BY {key})
)
SELECT $table, feed_id, record_no, CASE WHEN differs THEN 'conflict' ELSE 'duplicate' END
FROM judged
WHERE differs OR place > 1;
