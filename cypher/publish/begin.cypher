// Purpose:    begin to publish what a run found; batches of another beginning then write nothing.
// Parameters: graph; run; checksum: of what will be published;
//             lanes: how many batches may be written at once
// Returns:    round; no row where the graph is not there or not whole
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock before the state is looked at
WITH g WHERE g.state = 'complete'
SET g.round = g.round + 1, g.run = $run, g.run_state = 'loading', g.run_checksum = $checksum
WITH g
UNWIND range(0, $lanes - 1) AS lane
MERGE (l:LoadLane {graph: g.number, number: lane}) // an offline import brings none
SET l.touched = true // takes the locks of the batches under way
RETURN DISTINCT g.round AS round
