-- Purpose: count the loaded persons whose id number has a wrong check digit.
-- Parameters: $file: the persons just written. Columns out: row_count.
SELECT count(*) AS row_count FROM read_parquet($file) WHERE NOT id_number_ok;
