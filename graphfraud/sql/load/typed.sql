-- Purpose: type every record of `source` for one canonical table; nothing is dropped here.
-- Parameters: {given}, {replaced}, {values}, {faults}, {hashed}, {amount}, {columns},
--             {numbering}, {position}:
--             see loaders/fragments.py; $latest and code lists.
-- Columns out: {position}, the canonical columns typed, record_hash, amount_fen, faulty.
CREATE OR REPLACE TEMP TABLE typed AS
WITH delivered AS (
  SELECT {numbering}, {given}, record_key({hashed}) AS record_hash FROM source
), mapped AS (
  SELECT *, {replaced} FROM delivered
), valued AS (
  SELECT *, {values} FROM mapped
)
SELECT {position}, {columns}, record_hash, coalesce({amount}, 0) AS amount_fen,
  ({faults}) AS faulty
FROM valued;
