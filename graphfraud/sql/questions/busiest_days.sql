-- Purpose:    the days on which a ring filed most of its supporting claims.
-- Parameters: ring: its id, '' for every ring; rows
-- Columns:    ring_id, day, claims, persons, facilities, fund_amount_fen
WITH support AS (
    SELECT DISTINCT r.id AS ring_id, s.source AS claim
    FROM nodes_ring AS r INNER JOIN edges_supports AS s ON s.target = r.node
    WHERE $ring IN ('', r.id)
)
SELECT
    s.ring_id,
    c.start_time::DATE AS day,
    count(*) AS claims,
    count(DISTINCT f.source) AS persons,
    count(DISTINCT a.target) AS facilities,
    coalesce(sum(c.fund_amount_fen), 0)::BIGINT AS fund_amount_fen
FROM support AS s
INNER JOIN nodes_claim AS c ON c.node = s.claim
INNER JOIN edges_filed AS f ON f.target = s.claim
INNER JOIN edges_at AS a ON a.source = s.claim
GROUP BY s.ring_id, day
ORDER BY claims DESC, s.ring_id, day
LIMIT $rows;
