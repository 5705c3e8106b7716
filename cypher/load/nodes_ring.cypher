// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of nodes Entity:Ring, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: node, id, pattern, status, explanation, score, p_value, rank, n_claims, total_amount_fen, fund_amount_fen, first_time, last_time, summary_zh, summary_en
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
CREATE (n:Entity:Ring {
  key: $base + row[0],
  graph: $graph,
  id: row[1],
  pattern: row[2],
  status: row[3],
  explanation: row[4],
  score: row[5],
  p_value: row[6],
  rank: row[7],
  n_claims: row[8],
  total_amount_fen: row[9],
  fund_amount_fen: row[10],
  first_time: localdatetime(row[11]),
  last_time: localdatetime(row[12]),
  summary_zh: row[13],
  summary_en: row[14]
})
RETURN count(n) AS added
