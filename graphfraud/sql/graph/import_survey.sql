-- Purpose:    what must be known of a file of a part before neo4j-admin can be told how to read it.
-- Parameters: file: the part's Parquet file; {texts}: its columns of text
-- Columns:    n BIGINT: rows; longest BIGINT: most bytes of text in a row; has_breaks BOOLEAN: some
--             text has a line break inside
WITH texts AS (SELECT concat({texts}) AS row_text FROM read_parquet($file))
SELECT
    count(*) AS n,
    coalesce(max(strlen(row_text)), 0) AS longest,
    coalesce(bool_or(contains(row_text, chr(10)) OR contains(row_text, chr(13))), FALSE) AS has_breaks
FROM texts;
