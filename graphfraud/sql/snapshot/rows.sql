-- Purpose:    all loaded rows of one table, as the feeds' files hold them, with the feed they are of.
-- Parameters: files VARCHAR[], the table's file in each feed; {rows}: name of the view,
--             {files_of}: name of the variable that keeps the files for it
-- Columns:    the canonical ones, record_no BIGINT, record_hash BLOB, feed_id VARCHAR
SET VARIABLE {files_of} = $files;
CREATE OR REPLACE VIEW {rows} AS
SELECT *, regexp_extract(filename, '([^/\\]+)[/\\]tables[/\\][^/\\]+$', 1) AS feed_id
FROM read_parquet(getvariable('{files_of}'));
