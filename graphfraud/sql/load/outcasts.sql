-- Purpose: name the records that are not loaded: faulty ones, repeated ones, contradictory ones.
--          Of records that agree in key and content the first stays; of records that agree in the
--          key alone none does, so that their order cannot matter.
-- Parameters: {key}, {content}. Columns out (outcasts): record_no, outcome.
CREATE OR REPLACE TEMP TABLE outcasts AS
WITH repeated AS (
  SELECT {key} AS repeated_key FROM typed WHERE NOT faulty GROUP BY {key} HAVING count(*) > 1
), rivals AS (
  SELECT numbered.record_no, repeated_key, {content} AS content
  FROM numbered JOIN repeated ON {key} IS NOT DISTINCT FROM repeated_key
  WHERE NOT faulty
), judged AS (
  SELECT repeated_key, count(DISTINCT content) AS contents, min(record_no) AS first_record
  FROM rivals GROUP BY repeated_key
)
SELECT record_no, 'rejected' AS outcome FROM numbered WHERE faulty
UNION ALL
SELECT record_no, CASE WHEN contents > 1 THEN 'conflict' ELSE 'duplicate' END AS outcome
FROM rivals JOIN judged ON rivals.repeated_key IS NOT DISTINCT FROM judged.repeated_key
WHERE contents > 1 OR record_no > first_record;
