// Purpose: one medicine box (by its trace code) sold at several facilities or in several regions.
// 用途：同一药品追溯码在多家机构或多个统筹区被售出。
// Parameters: $graph: number of the graph; $rows: most rows.
// Returns: trace_code, claims (how many sold it, refunds and refunded claims left out), facilities,
//   regions, item_id, item, claim_id, person_id, facility_id, region, start_time; a row for each
//   claim and item.
// Paste first:
// :param graph => 1
// :param rows => 200
MATCH (claim:Claim {graph: $graph})-[sale:INCLUDES]->(item:Item)
WHERE sale.trace_code IS NOT NULL AND NOT EXISTS { (claim)-[:REFUNDS]-() }
WITH DISTINCT sale.trace_code AS trace_code, claim, item
MATCH (claim)-[:AT]->(facility:Facility)
WITH trace_code, collect({claim: claim, item: item, facility: facility}) AS sales,
  count(DISTINCT claim) AS claims, count(DISTINCT facility) AS facilities,
  count(DISTINCT claim.settle_region) AS regions
WHERE facilities >= 2 OR regions >= 2
UNWIND sales AS sale
WITH trace_code, claims, facilities, regions, sale.item AS item, sale.claim AS claim,
  sale.facility AS facility
MATCH (claim)<-[:FILED]-(person:InsuredPerson)
RETURN trace_code, claims, facilities, regions, item.id AS item_id, item.name AS item,
  claim.id AS claim_id, person.id AS person_id, facility.id AS facility_id,
  claim.settle_region AS region, claim.start_time AS start_time
ORDER BY claims DESC, trace_code, start_time, claim_id, item_id
LIMIT $rows
