// Purpose:    begin to remove a graph: nobody reads it any more, and old batches write nothing.
// Parameters: snapshot
// Returns:    number; no row where there is no such graph
MATCH (g:Graph {snapshot: $snapshot})
SET g.state = 'removing', g.round = g.round + 1
RETURN g.number AS number
