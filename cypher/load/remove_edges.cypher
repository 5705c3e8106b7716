// Purpose:    remove the relationships that leave the nodes of a range.
// Parameters: first, beyond: a range of keys
// Returns:    removed
MATCH (a:Entity)-[r]->()
WHERE a.key >= $first AND a.key < $beyond
DELETE r
RETURN count(*) AS removed
