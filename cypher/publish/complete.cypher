// Purpose:    say that what a run found is there whole.
// Parameters: graph, round
// Returns:    number; no row where another publication has begun
MATCH (g:Graph {number: $graph, round: $round})
SET g.run_state = 'complete'
RETURN g.number AS number
