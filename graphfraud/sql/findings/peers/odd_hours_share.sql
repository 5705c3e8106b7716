-- Purpose:    sums for the share of visits at night; the unit is a visit with a clock time, x = 1,
--             y = 1 at night.
-- Parameters: night_begins, night_ends: hours; reads peer_claims (findings/peers/patients)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH visits AS (
    SELECT facility_id,
           (hour(start_time) >= $night_begins OR hour(start_time) < $night_ends)::INTEGER AS night
    FROM peer_claims
    WHERE med_type IN ('pharmacy', 'outpatient') AND start_time <> date_trunc('day', start_time)
)
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(night) AS sy, count(*) AS sxx,
       sum(night) AS sxy, sum(night) AS syy
FROM visits GROUP BY facility_id ORDER BY facility_id;
