// Purpose:    one graph for each snapshot.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT graph_snapshot IF NOT EXISTS FOR (g:Graph) REQUIRE g.snapshot IS UNIQUE
