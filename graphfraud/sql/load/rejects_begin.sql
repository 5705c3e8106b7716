-- Purpose: an empty collection of what is not loaded from one feed, and the order of reasons.
-- Parameters: $codes: reason codes in order of precedence.
-- Columns out (rejects): as graphfraud/sql/load/rejects_write.sql; (precedence): reason, rank.
CREATE OR REPLACE TEMP TABLE rejects (
  table_name VARCHAR, record_no BIGINT, line_no BIGINT, outcome VARCHAR, reason VARCHAR,
  reasons VARCHAR[], column_name VARCHAR, value VARCHAR, raw VARCHAR, amount_fen BIGINT,
  record_hash BLOB);
CREATE OR REPLACE TEMP TABLE precedence AS
SELECT unnest($codes) AS reason, generate_subscripts($codes, 1) AS rank;
