// Purpose:    the least key from some key on that is in use, to go on removing from there.
// Parameters: first, beyond: a range of keys
// Returns:    key, null where the range is empty
MATCH (n:Entity)
WHERE n.key >= $first AND n.key < $beyond
RETURN min(n.key) AS key
