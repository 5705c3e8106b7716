// Written by `make docs` from the ontology; change that.
// Purpose:    the doctor with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Doctor {id: $id, graph: $graph})
RETURN n.key AS key
