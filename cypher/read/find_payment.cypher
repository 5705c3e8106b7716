// Written by `make docs` from the ontology; change that.
// Purpose:    the payment with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Payment {id: $id, graph: $graph})
RETURN n.key AS key
