-- Purpose:    operators who keyed many of a ring's supporting claims, beside all they keyed.
-- Parameters: ring: its id, '' for every ring; claims; rows
-- Columns:    ring_id, operator_id, claims, all_claims, persons, facilities, first_time, last_time
WITH support AS (
    SELECT DISTINCT r.id AS ring_id, s.source AS claim
    FROM nodes_ring AS r INNER JOIN edges_supports AS s ON s.target = r.node
    WHERE $ring IN ('', r.id)
),
keyed AS (
    SELECT
        s.ring_id,
        k.target AS operator,
        count(*) AS claims,
        count(DISTINCT f.source) AS persons,
        count(DISTINCT a.target) AS facilities,
        min(a.time) AS first_time,
        max(a.time) AS last_time
    FROM support AS s
    INNER JOIN edges_keyed_by AS k ON k.source = s.claim
    INNER JOIN edges_filed AS f ON f.target = s.claim
    INNER JOIN edges_at AS a ON a.source = s.claim
    GROUP BY s.ring_id, k.target
    HAVING count(*) >= $claims
),
totals AS (
    SELECT target AS operator, count(*) AS all_claims
    FROM edges_keyed_by
    WHERE target IN (SELECT operator FROM keyed)
    GROUP BY target
)
SELECT
    k.ring_id,
    o.id AS operator_id,
    k.claims,
    t.all_claims,
    k.persons,
    k.facilities,
    k.first_time,
    k.last_time
FROM keyed AS k
INNER JOIN totals AS t ON t.operator = k.operator
INNER JOIN nodes_operator AS o ON o.node = k.operator
ORDER BY k.claims DESC, k.ring_id, operator_id
LIMIT $rows;
