-- Purpose:    number the nodes of a kind without a table, by the bytes of their ids.
-- Parameters: kind, first: the first number; {numbers}: name of the table to make
-- Columns:    ({numbers}) id, node BIGINT
CREATE OR REPLACE TEMPORARY TABLE {numbers} AS
SELECT id, $first + row_number() OVER (ORDER BY id) - 1 AS node
FROM (SELECT DISTINCT id FROM mentions WHERE kind = $kind);
