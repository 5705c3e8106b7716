// Written by `make docs` from the ontology; change that.
// Purpose:    the phone with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Phone {id: $id, graph: $graph})
RETURN n.key AS key
