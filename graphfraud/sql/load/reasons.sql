-- Purpose: count the primary reasons of a feed's rejects.
-- Parameters: none. Columns out: reason, row_count.
SELECT reason, count(*) AS row_count FROM rejects GROUP BY reason ORDER BY reason;
