-- Purpose: take the record numbers that a reader wrote beside the records.
-- Parameters: none. Columns out: record_no, line_no and all of `typed` / `source`.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT CAST(record_no AS BIGINT) AS record_no, CAST(line_no AS BIGINT) AS line_no,
  * EXCLUDE (record_no, line_no)
FROM typed;
CREATE OR REPLACE TEMP VIEW numbered_source AS
SELECT CAST(record_no AS BIGINT) AS record_no, CAST(line_no AS BIGINT) AS line_no,
  * EXCLUDE (record_no, line_no)
FROM source;
