-- Purpose:    write all names to one file, by node.
-- Parameters: target: the Parquet file; reads store_names
-- Columns:    node, kind, name
COPY (FROM store_names ORDER BY node) TO $target (FORMAT parquet);
