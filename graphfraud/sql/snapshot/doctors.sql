-- Purpose:    every doctor: those of the register, then those whom only claims name.
-- Parameters: target: the Parquet file; {merged}: one row per registered doctor
-- Columns:    those of {merged}, provenance empty for a doctor from claims alone
COPY (
    SELECT * FROM {merged}
    UNION ALL BY NAME
    SELECT DISTINCT c.doctor_id
    FROM claims AS c ANTI JOIN {merged} AS m ON c.doctor_id = m.doctor_id
    WHERE c.doctor_id IS NOT NULL
) TO $target (FORMAT parquet);
