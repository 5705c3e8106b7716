-- Purpose:    sums for claims per insured person; the unit is a patient, x = 1, y = claims.
-- Parameters: none; reads peer_patients (findings/peers/patients), facility_codes
--             (events/coded_claims)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
SELECT f.facility_id, count(*) AS n, count(*) AS sx, sum(p.claims) AS sy, count(*) AS sxx,
       sum(p.claims) AS sxy, sum(p.claims::HUGEINT * p.claims) AS syy
FROM peer_patients p JOIN facility_codes f USING (facility)
GROUP BY f.facility_id ORDER BY f.facility_id;
