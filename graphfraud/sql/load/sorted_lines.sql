-- Purpose: put the lines read from a graph into one order, whatever order the graph gave them in.
-- Parameters: $file: a Parquet file of one column. Columns out: line, by its UTF-8 bytes.
SELECT line FROM read_parquet($file) ORDER BY line;
