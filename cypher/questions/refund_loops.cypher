// Purpose: claims that were refunded and then filed again: same person, place and amount.
// 用途：退费后由同一参保人在同一机构以相同金额再次结算的结算单。
// Parameters: $graph: number of the graph; $hours: from the refund to the next claim at most;
//   $rows: most rows.
// Returns: person_id, name, facility_id, total_amount_fen, claim_id, start_time, refund_claim_id,
//   refund_start_time, again_claim_id, again_start_time; a row for each claim filed again.
// Paste first:
// :param graph => 1
// :param hours => 24
// :param rows => 200
MATCH (refund:Claim {graph: $graph})-[:REFUNDS]->(claim:Claim)
MATCH (claim)-[:AT]->(facility:Facility)
MATCH (claim)<-[:FILED]-(person:InsuredPerson)-[:FILED]->(again:Claim)
WHERE again.total_amount_fen = claim.total_amount_fen AND again <> claim AND again <> refund
  AND again.start_time >= refund.start_time
  AND again.start_time <= refund.start_time + duration({hours: $hours})
  AND EXISTS { (again)-[:AT]->(facility) }
  AND NOT EXISTS { (again)-[:REFUNDS]->() }
RETURN person.id AS person_id, person.name AS name, facility.id AS facility_id,
  claim.total_amount_fen AS total_amount_fen, claim.id AS claim_id,
  claim.start_time AS start_time, refund.id AS refund_claim_id,
  refund.start_time AS refund_start_time, again.id AS again_claim_id,
  again.start_time AS again_start_time
ORDER BY start_time, claim_id, refund_claim_id, again_claim_id
LIMIT $rows
