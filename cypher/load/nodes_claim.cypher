// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of nodes Entity:Claim, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: node, id, med_type, start_time, end_time, settle_time, diagnosis_code, total_amount_fen, fund_amount_fen, cash_amount_fen, invoice_no, settle_region, insurance_type, encounter_id, feed, record_no
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
CREATE (n:Entity:Claim {
  key: $base + row[0],
  graph: $graph,
  id: row[1],
  med_type: row[2],
  start_time: localdatetime(row[3]),
  end_time: localdatetime(row[4]),
  settle_time: localdatetime(row[5]),
  diagnosis_code: row[6],
  total_amount_fen: row[7],
  fund_amount_fen: row[8],
  cash_amount_fen: row[9],
  invoice_no: row[10],
  settle_region: row[11],
  insurance_type: row[12],
  encounter_id: row[13],
  feed: row[14],
  record_no: row[15]
})
RETURN count(n) AS added
