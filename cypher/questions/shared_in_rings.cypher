// Purpose: accounts, phones, addresses and companies that two or more members of a ring share.
// 用途：同一线索组中两名以上成员共用的账户、电话、地址和单位。
// Parameters: $graph: number of the graph; $ring: a ring's id, '' for every ring; $rows: most rows.
// Returns: ring_id, kind (of the shared thing), shared (its id), members (how many share it),
//   member_id, name; a row for each member.
// Paste first:
// :param graph => 1
// :param ring => ''
// :param rows => 200
MATCH (ring:Ring {graph: $graph})
WHERE $ring IN ['', ring.id]
MATCH (ring)<-[:MEMBER_OF]-(member)
WITH DISTINCT ring, member
MATCH (member)-[:HOLDS|LIVES_AT|LOCATED_AT|WORKS_AT]->(thing:Account|Phone|Address|Company)
WITH DISTINCT ring, thing, member
WITH ring, thing, collect(member) AS sharers
WHERE size(sharers) >= 2
UNWIND sharers AS member
RETURN ring.id AS ring_id,
  CASE
    WHEN thing:Account THEN 'Account'
    WHEN thing:Phone THEN 'Phone'
    WHEN thing:Address THEN 'Address'
    ELSE 'Company'
  END AS kind,
  thing.id AS shared, size(sharers) AS members, member.id AS member_id, member.name AS name
ORDER BY members DESC, ring_id, kind, shared, member_id
LIMIT $rows
