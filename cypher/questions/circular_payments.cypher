// Purpose: money that leaves an account and is back there two to four payments later.
// 用途：从某一账户付出、经二至四笔支付又回到该账户的资金。
// Parameters: $graph: number of the graph; $days: between first and last payment at most;
//   $rows: most rows.
// Returns: account, steps (how many payments), payments (their ids in order of time, joined with
//   ;), accounts (that it passed, likewise), first_time, last_time, sent_fen (the first amount),
//   returned_fen (the last amount); a row for each circle. No account is passed twice; a circle
//   whose payments all have one time is told once, from its first payment by id.
// Paste first:
// :param graph => 1
// :param days => 30
// :param rows => 200
MATCH (account:Account {graph: $graph})-[:PAYS]->(first:Payment)
WHERE EXISTS { (account)<-[:PAID_TO]-(:Payment) }
MATCH (first)
  (
    (earlier:Payment)-[:PAID_TO]->(between:Account)-[:PAYS]->(later:Payment)
    WHERE earlier.paid_time <= later.paid_time
      AND later.paid_time <= first.paid_time + duration({days: $days})
      AND between <> account
  ){1,3}
  (last:Payment)-[:PAID_TO]->(account)
WHERE all(passed IN between WHERE single(other IN between WHERE other = passed))
  AND (last.paid_time > first.paid_time OR all(payment IN later WHERE first.id < payment.id))
RETURN account.id AS account, size(later) + 1 AS steps,
  reduce(ids = first.id, payment IN later | ids + ';' + payment.id) AS payments,
  reduce(ids = account.id, passed IN between | ids + ';' + passed.id) AS accounts,
  first.paid_time AS first_time, last.paid_time AS last_time,
  first.amount_fen AS sent_fen, last.amount_fen AS returned_fen
ORDER BY first_time, [first.id] + [payment IN later | payment.id]
LIMIT $rows
