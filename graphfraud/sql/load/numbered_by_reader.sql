-- Purpose: take the record numbers that a reader wrote beside the records.
-- Parameters: none. Columns out: record_no, file_line and all of `typed` / `source`.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT CAST(record_no AS BIGINT) AS record_no, CAST(file_line AS BIGINT) AS file_line,
  * EXCLUDE (record_no, file_line)
FROM typed;
CREATE OR REPLACE TEMP VIEW numbered_source AS
SELECT CAST(record_no AS BIGINT) AS record_no, CAST(file_line AS BIGINT) AS file_line,
  * EXCLUDE (record_no, file_line)
FROM source;
