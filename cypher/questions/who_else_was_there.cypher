// Purpose: persons outside a ring who were at its places within minutes of its supporting claims.
// 用途：在线索组支持结算单前后若干分钟内，到过同一机构的组外参保人。
// Parameters: $graph: number of the graph; $ring: a ring's id, '' for every ring; $minutes: how
//   far apart at most; $rows: most rows.
// Returns: ring_id, person_id, name, visits (claims of that person, refunds and refunded claims
//   left out), facilities, first_time, last_time; a row for each ring and person.
// Paste first:
// :param graph => 1
// :param ring => ''
// :param minutes => 30
// :param rows => 200
MATCH (ring:Ring {graph: $graph})
WHERE $ring IN ['', ring.id]
MATCH (ring)<-[:SUPPORTS]-(:Claim)-[joint:AT]->(facility:Facility)
WITH ring, facility, collect(DISTINCT joint.time) AS times, min(joint.time) AS earliest,
  max(joint.time) AS latest, duration({minutes: $minutes}) AS within
MATCH (facility)<-[visit:AT]-(claim:Claim)
WHERE visit.time >= earliest - within AND visit.time <= latest + within
  AND any(time IN times WHERE visit.time >= time - within AND visit.time <= time + within)
  AND NOT EXISTS { (claim)-[:REFUNDS]-() }
MATCH (claim)<-[:FILED]-(person:InsuredPerson)
WHERE NOT EXISTS { (person)-[:MEMBER_OF]->(ring) }
RETURN ring.id AS ring_id, person.id AS person_id, person.name AS name, count(*) AS visits,
  count(DISTINCT facility) AS facilities, min(visit.time) AS first_time,
  max(visit.time) AS last_time
ORDER BY visits DESC, ring_id, person_id
LIMIT $rows
