-- Purpose:    who belongs to a ring, as what, and how much of its supporting claims each had part in.
-- Parameters: ring: its id, '' for every ring; rows
-- Columns:    ring_id, kind, member_id, name, role, claims, fund_amount_fen, first_time, last_time
WITH parties AS (
    SELECT 'InsuredPerson' AS kind, node, id, name FROM nodes_insuredperson
    UNION ALL SELECT 'Doctor', node, id, name FROM nodes_doctor
    UNION ALL SELECT 'Facility', node, id, name FROM nodes_facility
    UNION ALL SELECT 'Account', node, id, NULL FROM nodes_account
    UNION ALL SELECT 'Operator', node, id, NULL FROM nodes_operator
    UNION ALL SELECT 'OtherParty', node, id, NULL FROM nodes_otherparty
),
members AS (
    SELECT DISTINCT r.node AS ring, r.id AS ring_id, m.source AS member, m.role
    FROM nodes_ring AS r INNER JOIN edges_member_of AS m ON m.target = r.node
    WHERE $ring IN ('', r.id)
),
support AS (
    SELECT DISTINCT s.target AS ring, c.node AS claim, c.fund_amount_fen, c.start_time
    FROM edges_supports AS s INNER JOIN nodes_claim AS c ON c.node = s.source
),
parts AS (
    SELECT target AS claim, source AS member FROM edges_filed
    UNION ALL SELECT source, target FROM edges_at
    UNION ALL SELECT source, target FROM edges_by
    UNION ALL SELECT source, target FROM edges_keyed_by
),
deeds AS (
    SELECT
        s.ring,
        p.member,
        count(*) AS claims,
        coalesce(sum(s.fund_amount_fen), 0)::BIGINT AS fund_amount_fen,
        min(s.start_time) AS first_time,
        max(s.start_time) AS last_time
    FROM support AS s INNER JOIN parts AS p ON p.claim = s.claim
    GROUP BY s.ring, p.member
)
SELECT
    m.ring_id,
    p.kind,
    p.id AS member_id,
    p.name,
    m.role,
    coalesce(d.claims, 0) AS claims,
    coalesce(d.fund_amount_fen, 0) AS fund_amount_fen,
    d.first_time,
    d.last_time
FROM members AS m
INNER JOIN parties AS p ON p.node = m.member
LEFT JOIN deeds AS d ON d.ring = m.ring AND d.member = m.member
ORDER BY m.ring_id, p.kind, claims DESC, member_id, m.role
LIMIT $rows;
