-- Purpose: write the loaded records of one canonical table, in the order of the file.
-- Parameters: {stored}: the columns; $target: the Parquet file.
-- Columns out: {stored}, record_no, record_hash.
COPY (
  SELECT {stored}, record_no, record_hash
  FROM numbered ANTI JOIN outcasts USING (record_no)
) TO $target (FORMAT parquet);
