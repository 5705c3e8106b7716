-- Purpose:    sums for early readmissions; the unit is a stay (all claims of one encounter), x = 1,
--             y = 1 where the patient had left the same place at most so many days before.
--             Stays of treatment by timetable do not count.
-- Parameters: days; scheduled: a regular expression over dotless diagnosis codes; reads peer_claims
--             (findings/peers/patients)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH stays AS (
    SELECT facility_id, person_id, min(start_time) AS begun,
           max(coalesce(end_time, start_time)) AS ended
    FROM peer_claims
    WHERE med_type = 'inpatient' AND NOT coalesce(
        regexp_matches(replace(upper(diagnosis_code), '.', ''), $scheduled), FALSE)
    GROUP BY facility_id, person_id, coalesce(encounter_id, 'claim ' || claim_id)
),
marked AS (
    SELECT facility_id,
           coalesce(begun - max(ended) OVER (
               PARTITION BY facility_id, person_id ORDER BY begun, ended
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) BETWEEN INTERVAL 0 DAY AND to_days($days::INTEGER), FALSE)::INTEGER AS again
    FROM stays
)
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(again) AS sy, count(*) AS sxx,
       sum(again) AS sxy, sum(again) AS syy
FROM marked GROUP BY facility_id ORDER BY facility_id;
