-- Purpose:    sums for swipes in one minute; the unit is an hour of a facility with two patients or
--             more, x = pairs of them, y = pairs in the same minute (by chance x / 60).
-- Parameters: none; reads coded_claims, facility_codes (events/coded_claims)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
CREATE OR REPLACE TEMPORARY TABLE peer_visits AS
SELECT facility AS place, (epoch_us(start_time) // 60000000)::INTEGER AS minute, person
FROM coded_claims
WHERE med_type IN ('pharmacy', 'outpatient') AND start_time <> date_trunc('day', start_time);

WITH visits AS (
    SELECT place, minute, count(*) AS visits FROM peer_visits GROUP BY place, minute
),
-- Few minutes have two visits: whose they are is asked in those alone.
crowded AS (
    SELECT place, minute, count(DISTINCT person) AS patients
    FROM peer_visits SEMI JOIN (FROM visits WHERE visits > 1) USING (place, minute)
    GROUP BY place, minute
),
minutes AS (
    SELECT place, minute, visits AS patients FROM visits WHERE visits = 1
    UNION ALL FROM crowded
),
hours AS (
    SELECT place, sum(patients) * (sum(patients) - 1) // 2 AS x,
           sum(patients * (patients - 1) // 2) AS y
    FROM minutes GROUP BY place, minute // 60 HAVING sum(patients) > 1
)
SELECT any_value(facility_id) AS facility_id, count(*) AS n, sum(x) AS sx, sum(y) AS sy,
       sum(x::HUGEINT * x) AS sxx, sum(x::HUGEINT * y) AS sxy, sum(y::HUGEINT * y) AS syy
FROM hours JOIN facility_codes ON facility = place GROUP BY place ORDER BY facility_id;
