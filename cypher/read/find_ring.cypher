// Written by `make docs` from the ontology; change that.
// Purpose:    the ring with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Ring {id: $id, graph: $graph})
RETURN n.key AS key
