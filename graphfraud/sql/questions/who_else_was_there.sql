-- Purpose:    persons outside a ring who were at its places within minutes of its supporting claims.
-- Parameters: ring: its id, '' for every ring; minutes; rows
-- Columns:    ring_id, person_id, name, visits, facilities, first_time, last_time
WITH refunds AS (
    SELECT source AS node FROM edges_refunds UNION SELECT target FROM edges_refunds
),
joint AS (
    SELECT DISTINCT
        r.node AS ring,
        r.id AS ring_id,
        a.target AS facility,
        a.time - to_minutes($minutes) AS since,
        a.time + to_minutes($minutes) AS until
    FROM nodes_ring AS r
    INNER JOIN edges_supports AS s ON s.target = r.node
    INNER JOIN edges_at AS a ON a.source = s.source
    WHERE $ring IN ('', r.id)
),
members AS (SELECT DISTINCT source AS member, target AS ring FROM edges_member_of),
visits AS (
    SELECT DISTINCT j.ring, j.ring_id, a.source AS claim, a.target AS facility, a.time
    FROM joint AS j
    INNER JOIN edges_at AS a
        ON a.target = j.facility AND a.time BETWEEN j.since AND j.until
    WHERE a.source NOT IN (SELECT node FROM refunds)
)
SELECT
    v.ring_id,
    p.id AS person_id,
    p.name,
    count(*) AS visits,
    count(DISTINCT v.facility) AS facilities,
    min(v.time) AS first_time,
    max(v.time) AS last_time
FROM visits AS v
INNER JOIN edges_filed AS f ON f.target = v.claim
INNER JOIN nodes_insuredperson AS p ON p.node = f.source
ANTI JOIN members AS m ON m.member = p.node AND m.ring = v.ring
GROUP BY v.ring_id, p.id, p.name
ORDER BY visits DESC, v.ring_id, person_id
LIMIT $rows;
