// Purpose:    one node for each key; finds a node by it.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE n.key IS UNIQUE
