-- Purpose:    sums for the share of patients from other areas; the unit is a patient whose area is
--             known, x = 1, y = 1 where it is another than the facility's and neither holds the
--             other (a province's own fund).
-- Parameters: none; reads peer_patients (findings/peers/patients), region_areas
--             (findings/peers/areas), persons, person_codes, facility_codes (events/coded_claims)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH homes AS (
    SELECT c.person, a.area
    FROM persons p JOIN region_areas a ON a.region = p.region JOIN person_codes c USING (person_id)
),
places AS (
    SELECT f.facility, f.facility_id, a.area
    FROM facility_codes f JOIN region_areas a ON a.region = f.region
),
patients AS (
    SELECT p.facility_id,
           (NOT starts_with(h.area, p.area) AND NOT starts_with(p.area, h.area))::INTEGER AS outside
    FROM peer_patients t JOIN homes h USING (person) JOIN places p USING (facility)
)
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(outside) AS sy, count(*) AS sxx,
       sum(outside) AS sxy, sum(outside) AS syy
FROM patients GROUP BY facility_id ORDER BY facility_id;
