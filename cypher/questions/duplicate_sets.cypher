// Purpose: expenses that were probably paid several times, with every claim of each.
// 用途：疑似重复支付的费用及其每一张结算单。
// Parameters: $graph: number of the graph; $rows: most rows.
// Returns: set_id, fund_amount_at_risk_fen, claims (how many in the set), claim_id, person_id, name,
//   facility_id, region, start_time, total_amount_fen, invoice_no; a row for each claim.
// Paste first:
// :param graph => 1
// :param rows => 200
MATCH (set:DuplicateSet {graph: $graph})<-[:MEMBER_OF]-(claim:Claim)
MATCH (claim)<-[:FILED]-(person:InsuredPerson)
MATCH (claim)-[:AT]->(facility:Facility)
RETURN set.id AS set_id, set.fund_amount_at_risk_fen AS fund_amount_at_risk_fen,
  set.n_claims AS claims, claim.id AS claim_id, person.id AS person_id, person.name AS name,
  facility.id AS facility_id, claim.settle_region AS region, claim.start_time AS start_time,
  claim.total_amount_fen AS total_amount_fen, claim.invoice_no AS invoice_no
ORDER BY fund_amount_at_risk_fen DESC, set_id, start_time, claim_id
LIMIT $rows
