-- Purpose:    what a set of rows is, whatever their order: their number and the sum of their hashes.
-- Parameters: {rows}: a table or view, {cells}: piece(column) for each column that counts
-- Columns:    n BIGINT, upper HUGEINT, lower HUGEINT: sums of the two halves of each row's MD5,
--             as text; 0 where there are no rows
WITH texts AS (SELECT concat({cells}) AS row_text FROM {rows})
SELECT
    count(*) AS n,
    coalesce(sum(md5_number_upper(row_text)::HUGEINT), 0)::VARCHAR AS upper,
    coalesce(sum(md5_number_lower(row_text)::HUGEINT), 0)::VARCHAR AS lower
FROM texts;
