-- Purpose:    how many meetings of two persons each stratum saw, before pairs count once a day.
-- Parameters: none; reads meetings, made by co_attendance.sql
-- Columns:    stratum, n BIGINT; strata without a meeting are left out
SELECT stratum, count(*) AS n FROM meetings GROUP BY stratum ORDER BY stratum;
