-- Purpose:    keep out what another feed delivered with contradictions of its own: both of its rows
--             are among that feed's rejects, and a third row elsewhere settles nothing.
-- Parameters: table, files (the feeds' rejects); {rows}, {key}: one column
-- Columns:    into excluded
INSERT INTO excluded
SELECT $table, feed_id, record_no, 'conflict'
FROM {rows}
WHERE {key} IN (
    SELECT value FROM read_parquet($files)
    WHERE table_name = $table AND outcome = 'conflict' AND column_name = '{key}'
);
