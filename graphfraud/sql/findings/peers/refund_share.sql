-- Purpose:    sums for the share of refunded claims; the unit is a claim, x = 1, y = 1 where a
--             refund names it.
-- Parameters: none; reads claims, peer_refunded (findings/peers/patients)
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH marked AS (
    SELECT facility_id, (claim_id IN (SELECT claim_id FROM peer_refunded))::INTEGER AS refunded
    FROM claims WHERE refund_of IS NULL
)
SELECT facility_id, count(*) AS n, count(*) AS sx, sum(refunded) AS sy, count(*) AS sxx,
       sum(refunded) AS sxy, sum(refunded) AS syy
FROM marked GROUP BY facility_id ORDER BY facility_id;
