// Purpose: money from a facility's account to persons who filed claims there, in up to three steps.
// 用途：从机构账户经至多三笔支付，流向曾在该机构结算的参保人的资金。
// Parameters: $graph: number of the graph; $days: between first and last payment at most; $payments:
//   how many at least (1 lists wages as well, 2 wants somebody in between); $rows: most
//   rows.
// Returns: facility_id, person_id, name, claims (of the person there), steps (how many payments),
//   payments (their ids in order of time, joined with ;), first_time, last_time, sent_fen (the
//   first amount), returned_fen (the last amount), purpose (of the last payment); a row for each
//   chain. No account is passed twice.
// Paste first:
// :param graph => 1
// :param days => 30
// :param payments => 1
// :param rows => 200
MATCH (facility:Facility {graph: $graph})-[:HOLDS]->(account:Account)-[:PAYS]->(first:Payment)
MATCH (first)
  (
    (earlier:Payment)-[:PAID_TO]->(between:Account)-[:PAYS]->(later:Payment)
    WHERE earlier.paid_time <= later.paid_time
      AND later.paid_time <= first.paid_time + duration({days: $days})
      AND between <> account
  ){0,2}
  (last:Payment)-[:PAID_TO]->(reached:Account)<-[:HOLDS]-(person:InsuredPerson)
WHERE size(later) + 1 >= $payments AND reached <> account AND NOT reached IN between
  AND all(passed IN between WHERE single(other IN between WHERE other = passed))
WITH facility, first, later, last, person,
  COUNT { (person)-[:FILED]->(:Claim)-[:AT]->(facility) } AS claims
WHERE claims > 0
RETURN facility.id AS facility_id, person.id AS person_id, person.name AS name, claims,
  size(later) + 1 AS steps,
  reduce(ids = first.id, payment IN later | ids + ';' + payment.id) AS payments,
  first.paid_time AS first_time, last.paid_time AS last_time,
  first.amount_fen AS sent_fen, last.amount_fen AS returned_fen, last.purpose AS purpose
ORDER BY steps DESC, facility_id, person_id, first_time,
  [first.id] + [payment IN later | payment.id]
LIMIT $rows
