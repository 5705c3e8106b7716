// Written by `make docs` from the ontology; change that.
// Purpose:    the account with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Account {id: $id, graph: $graph})
RETURN n.key AS key
