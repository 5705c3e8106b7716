-- Purpose:    one result file of a run, typed.
-- Parameters: file: the CSV file; {table}: name of the table to make, {columns}: a typing macro for
--             each column
-- Columns:    those of the file
CREATE OR REPLACE TEMPORARY TABLE {table} AS
SELECT {columns}
FROM read_csv($file, all_varchar = TRUE, header = TRUE, nullstr = '', quote = '"', escape = '"');
