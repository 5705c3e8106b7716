-- Purpose:    how many nodes of a kind there are.
-- Parameters: {numbers}
-- Columns:    n BIGINT
SELECT count(*) AS n FROM {numbers};
