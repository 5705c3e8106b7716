// Purpose:    the batches of a graph that are committed.
// Parameters: graph
// Returns:    id
MATCH (b:LoadBatch {graph: $graph})
RETURN b.id AS id
