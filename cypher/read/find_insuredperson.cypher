// Written by `make docs` from the ontology; change that.
// Purpose:    the insured person with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:InsuredPerson {id: $id, graph: $graph})
RETURN n.key AS key
