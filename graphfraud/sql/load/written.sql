-- Purpose: read back what was written of one table, so that the balance rests on the file itself.
-- Parameters: $file; {amount}: see loaders/fragments.py. Columns out: row_count, fen (text).
SELECT count(*) AS row_count, CAST(coalesce(sum(coalesce({amount}, 0)), 0) AS VARCHAR) AS fen
FROM read_parquet($file);
