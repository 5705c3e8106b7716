-- Purpose:    sums for the share of patients from other areas; the unit is a patient whose area is
--             known, x = 1, y = 1 where it is another than the facility's and neither holds the
--             other (a province's own fund).
-- Parameters: none; reads peer_patients (findings/peers/patients), region_areas
--             (findings/peers/areas), persons, facilities
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH homes AS (
    SELECT p.person_id, a.area FROM persons p JOIN region_areas a ON a.region = p.region
),
places AS (
    SELECT f.facility_id, a.area FROM facilities f JOIN region_areas a ON a.region = f.region
),
patients AS (
    SELECT t.facility_id,
           (NOT starts_with(h.area, p.area) AND NOT starts_with(p.area, h.area))::INTEGER AS outside
    FROM peer_patients t JOIN homes h USING (person_id) JOIN places p USING (facility_id)
)
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(outside) AS sy, count(*) AS sxx,
       sum(outside) AS sxy, sum(outside) AS syy
FROM patients GROUP BY facility_id ORDER BY facility_id;
