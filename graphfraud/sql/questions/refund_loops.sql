-- Purpose:    claims that were refunded and then filed again: same person, place and amount.
-- Parameters: hours: from the refund to the next claim; rows
-- Columns:    person_id, name, facility_id, total_amount_fen, claim_id, start_time,
--             refund_claim_id, refund_start_time, again_claim_id, again_start_time
WITH events AS (
    SELECT
        f.source AS person, a.target AS facility, c.node, c.id, c.total_amount_fen, c.start_time
    FROM edges_filed AS f
    INNER JOIN edges_at AS a ON a.source = f.target
    INNER JOIN nodes_claim AS c ON c.node = f.target
),
refunded AS (
    SELECT c.*, r.node AS refund, r.id AS refund_claim_id, r.start_time AS refund_start_time
    FROM edges_refunds AS e
    INNER JOIN events AS c ON c.node = e.target
    INNER JOIN nodes_claim AS r ON r.node = e.source
)
SELECT
    p.id AS person_id,
    p.name,
    x.id AS facility_id,
    r.total_amount_fen,
    r.id AS claim_id,
    r.start_time,
    r.refund_claim_id,
    r.refund_start_time,
    g.id AS again_claim_id,
    g.start_time AS again_start_time
FROM refunded AS r
INNER JOIN events AS g USING (person, facility, total_amount_fen)
INNER JOIN nodes_insuredperson AS p ON p.node = r.person
INNER JOIN nodes_facility AS x ON x.node = r.facility
WHERE g.node NOT IN (r.node, r.refund)
    AND g.start_time BETWEEN r.refund_start_time AND r.refund_start_time + to_hours($hours)
    AND g.node NOT IN (SELECT source FROM edges_refunds)
ORDER BY r.start_time, claim_id, r.refund_claim_id, again_claim_id
LIMIT $rows;
