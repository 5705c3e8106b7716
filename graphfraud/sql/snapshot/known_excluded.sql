-- Purpose:    take up which rows stay out, as they were found before.
-- Parameters: file: the Parquet file
-- Columns:    (excluded) table_name, feed_id, record_no, outcome
CREATE OR REPLACE TEMPORARY TABLE excluded AS SELECT * FROM read_parquet($file);
