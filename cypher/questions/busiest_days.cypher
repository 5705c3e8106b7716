// Purpose: the days on which a ring filed most of its supporting claims.
// 用途：线索组支持结算单最多的日期。
// Parameters: $graph: number of the graph; $ring: a ring's id, '' for every ring; $rows: most rows.
// Returns: ring_id, day, claims, persons, facilities, fund_amount_fen; a row for each ring and day.
// Paste first:
// :param graph => 1
// :param ring => ''
// :param rows => 200
MATCH (ring:Ring {graph: $graph})
WHERE $ring IN ['', ring.id]
MATCH (ring)<-[:SUPPORTS]-(claim:Claim)
WITH DISTINCT ring, claim
MATCH (claim)<-[:FILED]-(person:InsuredPerson)
MATCH (claim)-[:AT]->(facility:Facility)
RETURN ring.id AS ring_id, date(claim.start_time) AS day, count(*) AS claims,
  count(DISTINCT person) AS persons, count(DISTINCT facility) AS facilities,
  coalesce(sum(claim.fund_amount_fen), 0) AS fund_amount_fen
ORDER BY claims DESC, ring_id, day
LIMIT $rows
