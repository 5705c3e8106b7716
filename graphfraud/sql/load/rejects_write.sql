-- Purpose: write what was not loaded from a feed.
-- Parameters: $target: the Parquet file. Columns out: as below.
COPY (
  SELECT table_name, record_no, line_no, outcome, reason, reasons, column_name, value, raw,
    amount_fen, record_hash
  FROM rejects ORDER BY table_name, record_no
) TO $target (FORMAT parquet);
