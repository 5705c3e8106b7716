-- Purpose:    rings within a few steps of somebody on the watch list.
-- Parameters: steps: relationships (one to four and membership of the ring included), rows
-- Columns:    steps, ring_id, status, kind, watched_id, watch_reason, listed_on
WITH RECURSIVE watched AS (
    SELECT 'InsuredPerson' AS kind, node, id, watch_reason, listed_on FROM nodes_insuredperson
    UNION ALL SELECT 'Doctor', node, id, watch_reason, listed_on FROM nodes_doctor
    UNION ALL SELECT 'Facility', node, id, watch_reason, listed_on FROM nodes_facility
    UNION ALL SELECT 'Account', node, id, watch_reason, listed_on FROM nodes_account
    UNION ALL SELECT 'Operator', node, id, watch_reason, listed_on FROM nodes_operator
),
ties AS (
    SELECT source, target FROM edges_holds
    UNION ALL SELECT source, target FROM edges_lives_at
    UNION ALL SELECT source, target FROM edges_located_at
    UNION ALL
    SELECT source, target FROM edges_works_at
    WHERE target NOT IN (SELECT node FROM nodes_company)
    UNION ALL SELECT source, target FROM edges_household
    UNION ALL SELECT source, target FROM edges_legal_rep
    UNION ALL SELECT source, target FROM edges_shareholder
    UNION ALL SELECT source, target FROM edges_controller
    UNION ALL SELECT source, target FROM edges_employer
    UNION ALL SELECT source, target FROM edges_agent
    UNION ALL SELECT source, target FROM edges_relative
    UNION ALL SELECT source, target FROM edges_related_to
    UNION ALL SELECT source, target FROM edges_co_attends
),
steps AS MATERIALIZED (
    SELECT source AS here, target AS there FROM ties
    UNION
    SELECT target, source FROM ties
),
reached AS (
    SELECT node AS watched, node, 0 AS steps FROM watched WHERE watch_reason IS NOT NULL
    UNION
    SELECT r.watched, s.there, r.steps + 1
    FROM reached AS r INNER JOIN steps AS s ON s.here = r.node
    WHERE r.steps < least($steps, 4) - 1
),
nearest AS (
    SELECT r.watched, m.target AS ring, min(r.steps) + 1 AS steps
    FROM reached AS r INNER JOIN edges_member_of AS m ON m.source = r.node
    WHERE r.steps < $steps
    GROUP BY r.watched, m.target
)
SELECT
    n.steps::BIGINT AS steps,
    g.id AS ring_id,
    g.status,
    w.kind,
    w.id AS watched_id,
    w.watch_reason,
    w.listed_on
FROM nearest AS n
INNER JOIN nodes_ring AS g ON g.node = n.ring
INNER JOIN watched AS w ON w.node = n.watched
ORDER BY n.steps, ring_id, w.kind, watched_id
LIMIT $rows;
