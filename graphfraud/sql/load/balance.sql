-- Purpose: count what became of the records of one table, in rows and in fen.
-- Parameters: none. Columns out: outcome, row_count, fen (text, it may pass 64 bits).
SELECT coalesce(outcome, 'loaded') AS outcome, count(*) AS row_count,
  CAST(sum(amount_fen) AS VARCHAR) AS fen
FROM numbered LEFT JOIN outcasts USING (record_no)
GROUP BY ALL ORDER BY ALL;
