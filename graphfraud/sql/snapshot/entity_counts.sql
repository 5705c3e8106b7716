-- Purpose:    how many entities there are, and how many that only claims name.
-- Parameters: {table}
-- Columns:    n BIGINT, derived BIGINT
SELECT count(*) AS n, count(*) FILTER (WHERE feed_id IS NULL) AS derived FROM {table};
