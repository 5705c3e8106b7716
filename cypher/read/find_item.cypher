// Written by `make docs` from the ontology; change that.
// Purpose:    the item with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Item {id: $id, graph: $graph})
RETURN n.key AS key
