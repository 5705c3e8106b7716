-- Purpose:    sums for claims per insured person; the unit is a patient, x = 1, y = claims.
-- Parameters: none; reads peer_patients (findings/peers/patients)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(claims) AS sy, count(*) AS sxx,
       sum(claims) AS sxy, sum(claims::HUGEINT * claims) AS syy
FROM peer_patients GROUP BY facility_id ORDER BY facility_id;
