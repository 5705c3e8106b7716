// Purpose: two claims of one person in different regions, hours apart.
// 用途：同一参保人在若干小时内于不同统筹区的两次结算。
// Parameters: $graph: number of the graph; $hours: how far apart they begin at most; $rows: most
//   rows.
// Returns: minutes (between the two, whole), person_id, name, claim_id, facility_id, region,
//   start_time of the earlier, then other_claim_id, other_facility_id, other_region,
//   other_start_time of the later; refunds and refunded claims left out; a row for each pair.
// Paste first:
// :param graph => 1
// :param hours => 24
// :param rows => 200
MATCH (person:InsuredPerson {graph: $graph})-[:FILED]->(claim:Claim)
WHERE claim.settle_region IS NOT NULL AND NOT EXISTS { (claim)-[:REFUNDS]-() }
MATCH (person)-[:FILED]->(other:Claim)
WHERE other.settle_region <> claim.settle_region
  AND (
    claim.start_time < other.start_time
    OR claim.start_time = other.start_time AND claim.id < other.id
  )
  AND other.start_time <= claim.start_time + duration({hours: $hours})
  AND NOT EXISTS { (other)-[:REFUNDS]-() }
MATCH (claim)-[:AT]->(facility:Facility)
MATCH (other)-[:AT]->(other_facility:Facility)
RETURN duration.inSeconds(claim.start_time, other.start_time).seconds / 60 AS minutes,
  person.id AS person_id, person.name AS name,
  claim.id AS claim_id, facility.id AS facility_id, claim.settle_region AS region,
  claim.start_time AS start_time,
  other.id AS other_claim_id, other_facility.id AS other_facility_id,
  other.settle_region AS other_region, other.start_time AS other_start_time
ORDER BY minutes, person_id, claim_id, other_claim_id
LIMIT $rows
