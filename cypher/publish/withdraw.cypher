// Purpose:    say that no run is published any more; batches of an old beginning write nothing.
// Parameters: graph
// Returns:    round; no row where the graph is not whole
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock before the state is looked at
WITH g WHERE g.state = 'complete'
SET g.round = g.round + 1
REMOVE g.run, g.run_state, g.run_checksum
WITH g
OPTIONAL MATCH (l:LoadLane {graph: g.number})
SET l.touched = true // takes the locks of the batches under way
RETURN DISTINCT g.round AS round
