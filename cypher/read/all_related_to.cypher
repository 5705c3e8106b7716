// Written by `make docs` from the ontology; change that.
// Purpose:    every relationship RELATED_TO of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    source, target, each property; last the number of properties
MATCH (a:Entity)-[r:RELATED_TO]->(b:Entity)
WHERE a.key >= $first AND a.key < $beyond
RETURN a.key AS source, b.key AS target, toString(r.time) AS time, r.relation AS relation, toString(r.until) AS until, r.feed AS feed, r.record_no AS record_no, size(keys(r)) AS width
