// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of relationships WORKS_AT, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40; lane: whose lock to take;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: target, LIST<LIST>: source
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (l:LoadLane {graph: $graph, number: $lane})
SET l.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH l
MATCH (g:Graph {number: $graph}) WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS hub
MATCH (target:Entity {key: $base + hub[0]})
UNWIND hub[1] AS row
MATCH (source:Entity {key: $base + row[0]})
CREATE (source)-[r:WORKS_AT]->(target)
RETURN count(r) AS added
