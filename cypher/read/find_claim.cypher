// Written by `make docs` from the ontology; change that.
// Purpose:    the claim with an id.
// Parameters: graph, id
// Returns:    key
MATCH (n:Claim {id: $id, graph: $graph})
RETURN n.key AS key
