-- Purpose:    accounts, phones, addresses and companies that two or more members of a ring share.
-- Parameters: ring: its id, '' for every ring; rows
-- Columns:    ring_id, kind, shared, members, member_id, name
WITH things AS (
    SELECT node, id, 'Account' AS kind FROM nodes_account
    UNION ALL SELECT node, id, 'Phone' FROM nodes_phone
    UNION ALL SELECT node, id, 'Address' FROM nodes_address
    UNION ALL SELECT node, id, 'Company' FROM nodes_company
),
parties AS (
    SELECT node, id, name FROM nodes_insuredperson
    UNION ALL SELECT node, id, name FROM nodes_doctor
    UNION ALL SELECT node, id, name FROM nodes_facility
    UNION ALL SELECT node, id, NULL FROM nodes_account
    UNION ALL SELECT node, id, NULL FROM nodes_operator
    UNION ALL SELECT node, id, NULL FROM nodes_otherparty
),
ties AS (
    SELECT source, target FROM edges_holds
    UNION SELECT source, target FROM edges_lives_at
    UNION SELECT source, target FROM edges_located_at
    UNION SELECT source, target FROM edges_works_at
),
members AS (
    SELECT DISTINCT r.id AS ring_id, m.source AS member
    FROM nodes_ring AS r INNER JOIN edges_member_of AS m ON m.target = r.node
    WHERE $ring IN ('', r.id)
),
sharers AS (
    SELECT
        m.ring_id,
        t.kind,
        t.id AS shared,
        count(*) OVER (PARTITION BY m.ring_id, t.node) AS members,
        m.member
    FROM members AS m
    INNER JOIN ties AS e ON e.source = m.member
    INNER JOIN things AS t ON t.node = e.target
)
SELECT s.ring_id, s.kind, s.shared, s.members, p.id AS member_id, p.name
FROM sharers AS s INNER JOIN parties AS p ON p.node = s.member
WHERE s.members >= 2
ORDER BY s.members DESC, s.ring_id, s.kind, s.shared, member_id
LIMIT $rows;
