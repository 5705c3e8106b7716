// Purpose:    say that a graph is whole.
// Parameters: graph, round
// Returns:    number; no row where the graph was removed or is being made anew
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock before the round is looked at
WITH g WHERE g.round = $round
SET g.state = 'complete'
RETURN g.number AS number
