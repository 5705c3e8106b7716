// Purpose:    one number for each graph, never used again.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT graph_number IF NOT EXISTS FOR (g:Graph) REQUIRE g.number IS UNIQUE
