// Purpose:    say that what a run found is there whole.
// Parameters: graph, round
// Returns:    number; no row where another publication has begun
MATCH (g:Graph {number: $graph})
SET g.touched = true // takes the lock before the round is looked at
WITH g WHERE g.round = $round
SET g.run_state = 'complete'
RETURN g.number AS number
