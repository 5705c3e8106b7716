-- Purpose: number the records of a clean CSV file: one line a record, the header on line 1.
-- Parameters: none. Columns out: record_no, file_line and all of `typed` / `source`.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT CAST(rowid + 1 AS BIGINT) AS record_no, CAST(rowid + 2 AS BIGINT) AS file_line,
  * EXCLUDE (clean)
FROM typed;
CREATE OR REPLACE TEMP VIEW numbered_source AS
SELECT CAST(row_number() OVER () AS BIGINT) AS record_no,
  CAST(row_number() OVER () + 1 AS BIGINT) AS file_line, *
FROM source;
