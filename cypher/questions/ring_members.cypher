// Purpose: who belongs to a ring, as what, and how much of its supporting claims each had part in.
// 用途：线索组的成员、角色，以及各自参与的支持结算单。
// Parameters: $graph: number of the graph; $ring: a ring's id, '' for every ring; $rows: most rows.
// Returns: ring_id, kind (of the member), member_id, name, role, claims (supporting ones that the
//   member filed, hosted, saw or keyed), fund_amount_fen (their sum), first_time, last_time; a row
//   for each member and role.
// Paste first:
// :param graph => 1
// :param ring => ''
// :param rows => 200
MATCH (ring:Ring {graph: $graph})
WHERE $ring IN ['', ring.id]
MATCH (ring)<-[membership:MEMBER_OF]-(member)
WITH DISTINCT ring, member, membership.role AS role
OPTIONAL MATCH (ring)<-[:SUPPORTS]-(claim:Claim)-[:FILED|AT|BY|KEYED_BY]-(member)
WITH DISTINCT ring, member, role, claim
WITH ring, member, role, count(claim) AS claims,
  coalesce(sum(claim.fund_amount_fen), 0) AS fund_amount_fen,
  min(claim.start_time) AS first_time, max(claim.start_time) AS last_time
RETURN ring.id AS ring_id,
  CASE
    WHEN member:InsuredPerson THEN 'InsuredPerson'
    WHEN member:Doctor THEN 'Doctor'
    WHEN member:Facility THEN 'Facility'
    WHEN member:Account THEN 'Account'
    WHEN member:Operator THEN 'Operator'
    ELSE 'OtherParty'
  END AS kind,
  member.id AS member_id, member.name AS name, role, claims, fund_amount_fen, first_time, last_time
ORDER BY ring_id, kind, claims DESC, member_id, role
LIMIT $rows
