// Purpose:    a lane of a graph is there once; a batch that is being written holds its lock.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT load_lane IF NOT EXISTS FOR (l:LoadLane) REQUIRE (l.graph, l.number) IS UNIQUE
