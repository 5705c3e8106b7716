// Written by `make docs` from the ontology; change that.
// Purpose:    add a batch of relationships CO_ATTENDS, once.
// Parameters: graph, round: which load of which graph; base: graph * 2^40;
//             batch: the batch's id, unique in the database; rows LIST<LIST>: source, target, observed, expected, lift, p_value, q_value, explained_by
// Returns:    added: rows, or 0 where the graph was removed or is being made anew
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock: a removal waits for this batch, or this batch for it
WITH g WHERE g.round = $round
CREATE (:LoadBatch {id: $batch, graph: $graph})
WITH g
UNWIND $rows AS row
MATCH (a:Entity {key: $base + row[0]})
MATCH (b:Entity {key: $base + row[1]})
CREATE (a)-[r:CO_ATTENDS {
  observed: row[2],
  expected: row[3],
  lift: row[4],
  p_value: row[5],
  q_value: row[6],
  explained_by: row[7]
}]->(b)
RETURN count(r) AS added
