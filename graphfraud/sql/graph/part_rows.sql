-- Purpose:    the rows of one file of a graph part.
-- Parameters: file: the Parquet file; {rows}: name of the view to make, {file_of}: name of the
--             variable that keeps the file for it
-- Columns:    those of the file
SET VARIABLE {file_of} = $file;
CREATE OR REPLACE TEMPORARY VIEW {rows} AS SELECT * FROM read_parquet(getvariable('{file_of}'));
