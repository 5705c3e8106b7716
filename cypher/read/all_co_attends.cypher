// Written by `make docs` from the ontology; change that.
// Purpose:    every relationship CO_ATTENDS of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    source, target, each property; last the number of properties
MATCH (a:Entity)-[r:CO_ATTENDS]->(b:Entity)
WHERE a.key >= $first AND a.key < $beyond
RETURN a.key AS source, b.key AS target, r.observed AS observed, r.expected AS expected, r.lift AS lift, r.p_value AS p_value, r.q_value AS q_value, r.explained_by AS explained_by, size(keys(r)) AS width
