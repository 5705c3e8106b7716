// Purpose:    remove the nodes of a range and what still hangs on them.
// Parameters: first, beyond: a range of keys
// Returns:    removed
MATCH (n:Entity)
WHERE n.key >= $first AND n.key < $beyond
DETACH DELETE n
RETURN count(*) AS removed
