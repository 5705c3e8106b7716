// Purpose:    remove some of the relationships that runs made between nodes of a graph.
// Parameters: first, beyond: the graph's range of keys; rows: how many at most
// Returns:    removed
MATCH (a:Entity)-[r:CO_ATTENDS|MEMBER_OF|SUPPORTS|DUPLICATE_OF]->()
WHERE a.key >= $first AND a.key < $beyond
WITH r LIMIT $rows
DELETE r
RETURN count(*) AS removed
