// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of relationships RELATIVE, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: source, LIST<LIST>: target, time, relation, until, feed, record_no
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS hub
MATCH (source:Entity {key: $base + hub[0]})
UNWIND hub[1] AS row
MATCH (target:Entity {key: $base + row[0]})
CREATE (source)-[r:RELATIVE {
  time: localdatetime(row[1]),
  relation: row[2],
  until: date(row[3]),
  feed: row[4],
  record_no: row[5]
}]->(target)
RETURN count(r) AS added
