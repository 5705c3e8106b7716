-- Purpose:    sums for the amount per claim; the unit is a claim, x = 1, y = its amount in fen.
-- Parameters: none; reads peer_claims (findings/peers/patients)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(total_amount) AS sy, count(*) AS sxx,
       sum(total_amount) AS sxy, sum(total_amount::HUGEINT * total_amount) AS syy
FROM peer_claims GROUP BY facility_id ORDER BY facility_id;
