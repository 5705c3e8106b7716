// Purpose:    say that a graph is whole.
// Parameters: graph, round
// Returns:    number; no row where the graph was removed or is being made anew
MATCH (g:Graph {number: $graph, round: $round})
SET g.state = 'complete'
RETURN g.number AS number
