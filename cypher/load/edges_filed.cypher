// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of relationships FILED, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: source, target, time
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH g WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
MATCH (a:Entity {key: $base + row[0]})
MATCH (b:Entity {key: $base + row[1]})
CREATE (a)-[r:FILED {
  time: localdatetime(row[2])
}]->(b)
RETURN count(r) AS added
