// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of nodes Entity:Address, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: node, id
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
CREATE (n:Entity:Address {
  key: $base + row[0],
  graph: $graph,
  id: row[1]
})
RETURN count(n) AS added
