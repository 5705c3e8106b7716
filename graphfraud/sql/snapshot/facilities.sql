-- Purpose:    every facility: those of the register, then those that only claims name; a kind that
--             no register tells follows from the claims: a place that admits is a hospital, one that
--             sells is a pharmacy, any other a clinic.
-- Parameters: target: the Parquet file; {merged}: one row per registered facility
-- Columns:    those of {merged}, provenance empty for a facility from claims alone
COPY (
    WITH conduct AS (
        SELECT
            facility_id,
            bool_or(med_type = 'inpatient') AS admits,
            bool_or(med_type = 'pharmacy') AS sells
        FROM claims
        GROUP BY facility_id
    ),
    seen AS (
        SELECT
            facility_id,
            CASE WHEN admits THEN 'hospital' WHEN sells THEN 'pharmacy' ELSE 'clinic' END AS kind
        FROM conduct
    )
    SELECT m.* REPLACE (coalesce(m.kind, s.kind) AS kind)
    FROM {merged} AS m LEFT JOIN seen AS s ON m.facility_id = s.facility_id
    UNION ALL BY NAME
    SELECT s.facility_id, s.kind
    FROM seen AS s ANTI JOIN {merged} AS m ON s.facility_id = m.facility_id
) TO $target (FORMAT parquet);
