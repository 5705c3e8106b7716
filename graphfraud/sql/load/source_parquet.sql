-- Purpose: let `source` be a Parquet file whose columns a reader wrote as text.
-- Parameters: $file. Columns out: record_no, file_line, s0, s1, …
SET VARIABLE source_file = $file;
CREATE OR REPLACE VIEW source AS SELECT * FROM read_parquet(getvariable('source_file'));
