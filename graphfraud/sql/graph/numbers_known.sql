-- Purpose:    the numbers that a part already written gave to the nodes of a kind.
-- Parameters: file: the part's file of that kind; {numbers}: name of the view to make,
--             {file_of}: name of the variable that keeps the file for it
-- Columns:    ({numbers}) id, node BIGINT
SET VARIABLE {file_of} = $file;
CREATE OR REPLACE TEMPORARY VIEW {numbers} AS
SELECT id, node FROM read_parquet(getvariable('{file_of}'));
