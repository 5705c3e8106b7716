-- Purpose:    an empty list of the rows that stay out of the analysis.
-- Parameters: none
-- Columns:    (excluded) table_name, feed_id, record_no, outcome: duplicate | conflict |
--             missing_reference
CREATE OR REPLACE TEMPORARY TABLE excluded (
    table_name VARCHAR, feed_id VARCHAR, record_no BIGINT, outcome VARCHAR
);
