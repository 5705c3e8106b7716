-- Purpose:    write which rows stay out and why.
-- Parameters: target: the Parquet file
-- Columns:    table_name, feed_id, record_no, outcome
COPY (
    SELECT table_name, feed_id, record_no, outcome
    FROM excluded ORDER BY table_name, feed_id, record_no
) TO $target (FORMAT parquet);
