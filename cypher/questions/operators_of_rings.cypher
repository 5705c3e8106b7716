// Purpose: operators who keyed many of a ring's supporting claims, beside all they keyed.
// 用途：经办线索组支持结算单较多的经办人及其全部经办量。
// Parameters: $graph: number of the graph; $ring: a ring's id, '' for every ring; $claims: how many
//   supporting claims at least; $rows: most rows.
// Returns: ring_id, operator_id, claims (supporting ones), all_claims (every one keyed), persons,
//   facilities, first_time, last_time; a row for each ring and operator.
// Paste first:
// :param graph => 1
// :param ring => ''
// :param claims => 5
// :param rows => 200
MATCH (ring:Ring {graph: $graph})
WHERE $ring IN ['', ring.id]
MATCH (ring)<-[:SUPPORTS]-(claim:Claim)
WITH DISTINCT ring, claim
MATCH (claim)-[:KEYED_BY]->(operator:Operator)
MATCH (claim)<-[:FILED]-(person:InsuredPerson)
MATCH (claim)-[:AT]->(facility:Facility)
WITH ring, operator, count(*) AS claims, count(DISTINCT person) AS persons,
  count(DISTINCT facility) AS facilities, min(claim.start_time) AS first_time,
  max(claim.start_time) AS last_time
WHERE claims >= $claims
RETURN ring.id AS ring_id, operator.id AS operator_id, claims,
  COUNT { (operator)<-[:KEYED_BY]-() } AS all_claims, persons, facilities, first_time, last_time
ORDER BY claims DESC, ring_id, operator_id
LIMIT $rows
