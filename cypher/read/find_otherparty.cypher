// Written by `make docs` from the ontology; change that.
// Purpose:    the other party with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:OtherParty {id: $id, graph: $graph})
RETURN n.key AS key
