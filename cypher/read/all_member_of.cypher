// Written by `make docs` from the ontology; change that.
// Purpose:    every relationship MEMBER_OF of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    source, target, each property; last the number of properties
MATCH (a:Entity)-[r:MEMBER_OF]->(b:Entity)
WHERE a.key >= $first AND a.key < $beyond
RETURN a.key AS source, b.key AS target, r.role AS role, r.weight AS weight, size(keys(r)) AS width
