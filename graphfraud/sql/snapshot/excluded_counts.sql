-- Purpose:    how many rows stay out, by table and outcome.
-- Parameters: none; reads excluded
-- Columns:    table_name VARCHAR, outcome VARCHAR, n BIGINT
SELECT table_name, outcome, count(*) AS n FROM excluded
GROUP BY table_name, outcome ORDER BY table_name, outcome;
