// Written by `make docs` from the ontology; change that.
// Purpose:    the region with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Region {id: $id, graph: $graph})
RETURN n.key AS key
