// Written by `make docs` from the ontology; change that.
// Purpose:    the address with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Address {id: $id, graph: $graph})
RETURN n.key AS key
