// Purpose:    one counter that gives graphs their numbers.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT graph_counter_name IF NOT EXISTS FOR (c:GraphCounter) REQUIRE c.name IS UNIQUE
