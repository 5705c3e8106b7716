-- Purpose:    one medicine box (by its trace code) sold at several facilities or in several regions.
-- Parameters: rows
-- Columns:    trace_code, claims, facilities, regions, item_id, item, claim_id, person_id,
--             facility_id, region, start_time
WITH refunds AS (
    SELECT source AS node FROM edges_refunds UNION SELECT target FROM edges_refunds
),
sales AS (
    SELECT DISTINCT i.trace_code, i.source AS claim, i.target AS item, a.target AS facility
    FROM edges_includes AS i INNER JOIN edges_at AS a ON a.source = i.source
    WHERE i.trace_code IS NOT NULL AND i.source NOT IN (SELECT node FROM refunds)
),
resold AS (
    SELECT
        s.trace_code,
        count(DISTINCT s.claim) AS claims,
        count(DISTINCT s.facility) AS facilities,
        count(DISTINCT c.settle_region) AS regions
    FROM sales AS s INNER JOIN nodes_claim AS c ON c.node = s.claim
    GROUP BY s.trace_code
    HAVING count(DISTINCT s.facility) >= 2 OR count(DISTINCT c.settle_region) >= 2
)
SELECT
    r.trace_code,
    r.claims,
    r.facilities,
    r.regions,
    i.id AS item_id,
    i.name AS item,
    c.id AS claim_id,
    p.id AS person_id,
    f.id AS facility_id,
    c.settle_region AS region,
    c.start_time
FROM resold AS r
INNER JOIN sales AS s ON s.trace_code = r.trace_code
INNER JOIN nodes_item AS i ON i.node = s.item
INNER JOIN nodes_claim AS c ON c.node = s.claim
INNER JOIN nodes_facility AS f ON f.node = s.facility
INNER JOIN edges_filed AS e ON e.target = s.claim
INNER JOIN nodes_insuredperson AS p ON p.node = e.source
ORDER BY r.claims DESC, r.trace_code, c.start_time, claim_id, item_id
LIMIT $rows;
