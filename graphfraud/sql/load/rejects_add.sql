-- Purpose: say of every outcast of one table why it is one: all reasons, the first by precedence
--          (then by the contract's column order) with its column and value.
-- Parameters: {given}, {replaced}, {values}, {reasons}, {shown}, {fields}; $table, $column_order,
--             $key_columns, $raw_characters; {key}. Columns out: rows into rejects.
CREATE OR REPLACE TEMP TABLE outcast_records AS
WITH delivered AS (
  SELECT record_no, file_line, {given}, left(record_text({fields}), $raw_characters) AS raw
  FROM numbered_source SEMI JOIN outcasts USING (record_no)
), mapped AS (
  SELECT *, {replaced} FROM delivered
)
SELECT *, {values} FROM mapped;

CREATE OR REPLACE TEMP TABLE outcast_reasons AS
WITH found AS (
  UNPIVOT (SELECT record_no, {reasons} FROM outcast_records)
  ON COLUMNS(* EXCLUDE (record_no)) INTO NAME column_name VALUE reason
), texts AS (
  UNPIVOT (SELECT record_no, {shown} FROM outcast_records)
  ON COLUMNS(* EXCLUDE (record_no)) INTO NAME column_name VALUE value
), ranked AS (
  SELECT found.record_no, found.reason, column_name, texts.value,
    rank * 1000 + list_position($column_order, column_name) AS place
  FROM found JOIN precedence USING (reason) LEFT JOIN texts USING (record_no, column_name)
), told_once AS (
  SELECT record_no, reason, min(place) AS place, first(column_name ORDER BY place) AS column_name,
    first(value ORDER BY place) AS value
  FROM ranked GROUP BY record_no, reason
)
SELECT record_no, list(reason ORDER BY place) AS reasons,
  first(column_name ORDER BY place) AS column_name, first(value ORDER BY place) AS value
FROM told_once GROUP BY record_no;

INSERT INTO rejects
SELECT $table, record_no, records.file_line, outcome, coalesce(reasons[1], outcome),
  coalesce(reasons, [outcome]),
  -- A conflict tells its key: other feeds that deliver the same key must not settle it.
  CASE WHEN outcome = 'conflict' THEN $key_columns ELSE column_name END,
  CASE WHEN outcome = 'conflict' THEN key_text ELSE value END, raw, amount_fen, record_hash
FROM outcasts JOIN outcast_records AS records USING (record_no)
JOIN (SELECT record_no, amount_fen, record_hash, {key}::VARCHAR AS key_text FROM numbered)
USING (record_no)
LEFT JOIN outcast_reasons USING (record_no);
