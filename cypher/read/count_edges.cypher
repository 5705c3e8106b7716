// Purpose:    how many relationships leave the nodes of a graph, by type.
// Parameters: first, beyond: a range of keys
// Returns:    type, n
MATCH (a:Entity)-[r]->()
WHERE a.key >= $first AND a.key < $beyond
RETURN type(r) AS type, count(*) AS n ORDER BY type
