// Written by `make docs` from the ontology; change that.
// Purpose:    every item of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    key, id, additional labels, each property; last the number of properties
MATCH (n:Entity:Item)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'Item']] AS labels, n.name AS name, size(keys(n)) AS width
