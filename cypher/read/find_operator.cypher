// Written by `make docs` from the ontology; change that.
// Purpose:    the operator with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Operator {id: $id, graph: $graph})
RETURN n.key AS key
