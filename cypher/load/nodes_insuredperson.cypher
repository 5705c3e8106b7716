// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of nodes Entity:InsuredPerson, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: node, id, name, sex, birth_date, id_number, region, insurance_type, watch_reason, listed_on, feed, record_no
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
CREATE (n:Entity:InsuredPerson {
  key: $base + row[0],
  graph: $graph,
  id: row[1],
  name: row[2],
  sex: row[3],
  birth_date: date(row[4]),
  id_number: row[5],
  region: row[6],
  insurance_type: row[7],
  watch_reason: row[8],
  listed_on: date(row[9]),
  feed: row[10],
  record_no: row[11]
})
RETURN count(n) AS added
