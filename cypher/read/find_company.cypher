// Written by `make docs` from the ontology; change that.
// Purpose:    the company with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Company {id: $id, graph: $graph})
RETURN n.key AS key
