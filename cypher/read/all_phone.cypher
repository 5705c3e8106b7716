// Written by `make docs` from the ontology; change that.
// Purpose:    every phone of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    key, id, additional labels, each property; last the number of properties
MATCH (n:Entity:Phone)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'Phone']] AS labels, size(keys(n)) AS width
