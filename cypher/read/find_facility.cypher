// Written by `make docs` from the ontology; change that.
// Purpose:    the facility with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Facility {id: $id, graph: $graph})
RETURN n.key AS key
