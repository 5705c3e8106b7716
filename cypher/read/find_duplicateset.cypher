// Written by `make docs` from the ontology; change that.
// Purpose:    the duplicate set with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:DuplicateSet {id: $id, graph: $graph})
RETURN n.key AS key
