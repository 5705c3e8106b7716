-- Purpose:    every insured person: those of the register, then those whom only claims name.
-- Parameters: target: the Parquet file; {merged}: one row per registered person
-- Columns:    those of {merged}, provenance empty for a person from claims alone
COPY (
    SELECT * REPLACE (CASE WHEN id_number IS NOT NULL THEN id_number_ok END AS id_number_ok)
    FROM {merged}
    UNION ALL BY NAME
    SELECT DISTINCT c.person_id
    FROM claims AS c ANTI JOIN {merged} AS m ON c.person_id = m.person_id
) TO $target (FORMAT parquet);
