-- Purpose:    how many rows of a table were delivered.
-- Parameters: {rows}
-- Columns:    n BIGINT
SELECT count(*) AS n FROM {rows};
