// Purpose:    remove some guards of a graph that is gone.
// Parameters: graph; rows: how many at most
// Returns:    removed
MATCH (b:LoadBatch {graph: $graph})
WITH b LIMIT $rows
DELETE b
RETURN count(*) AS removed
