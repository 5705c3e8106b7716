-- Purpose:    persons, facilities or doctors as they were derived for this snapshot.
-- Parameters: file: the Parquet file; {table}, {file_of}: name of the variable that keeps the file
-- Columns:    the canonical ones, record_no, record_hash, feed_id
SET VARIABLE {file_of} = $file;
CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet(getvariable('{file_of}'));
