// Purpose:    begin to remove a graph: nobody reads it any more, and old batches write nothing.
// Parameters: snapshot
// Returns:    number; no row where there is no such graph
MATCH (g:Graph {snapshot: $snapshot})
SET g.state = 'removing', g.round = g.round + 1
WITH g
OPTIONAL MATCH (l:LoadLane {graph: g.number})
SET l.touched = true // takes the locks of the batches under way
RETURN DISTINCT g.number AS number
