// Purpose:    say that no run is published any more; batches of an old beginning write nothing.
// Parameters: graph
// Returns:    round
MATCH (g:Graph {number: $graph})
SET g.round = g.round + 1
REMOVE g.run, g.run_state, g.run_checksum
RETURN g.round AS round
