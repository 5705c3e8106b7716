// Purpose:    how many nodes a graph has, by label.
// Parameters: first, beyond: a range of keys
// Returns:    label, n
MATCH (n:Entity)
WHERE n.key >= $first AND n.key < $beyond
UNWIND labels(n) AS label
RETURN label, count(*) AS n ORDER BY label
