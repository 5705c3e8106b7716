// Purpose:    the graph of a snapshot, made where there is none, with a number no graph had before.
// Parameters: snapshot; batch_rows: how many rows go into a batch; checksum: of what will be loaded;
//             lanes: how many batches may be written at once
// Returns:    number, state (loading | complete), round, batch_rows, checksum
MERGE (c:GraphCounter {name: 'graphs'})
ON CREATE SET c.last = 0
SET c.touched = true // takes the lock: two beginners get two numbers
WITH c
MERGE (g:Graph {snapshot: $snapshot})
ON CREATE SET
  g.number = c.last + 1, g.state = 'loading', g.round = 1,
  g.batch_rows = $batch_rows, g.checksum = $checksum
FOREACH (lane IN CASE WHEN g.number > c.last THEN range(0, $lanes - 1) ELSE [] END |
  CREATE (:LoadLane {graph: g.number, number: lane})
)
SET c.last = CASE WHEN g.number > c.last THEN g.number ELSE c.last END
RETURN g.number AS number, g.state AS state, g.round AS round, g.batch_rows AS batch_rows,
  g.checksum AS checksum
