-- Purpose: add the records that the scanner or a reader found broken, once for a table.
-- Parameters: {table}: a registered Arrow table; $table. Columns out: rows into rejects.
INSERT INTO rejects
SELECT $table, record_no, line_no, 'rejected', reasons[1], reasons, NULL, NULL, raw, 0, record_hash
FROM {table};
