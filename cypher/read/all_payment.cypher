// Written by `make docs` from the ontology; change that.
// Purpose:    every payment of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    key, id, additional labels, each property; last the number of properties
MATCH (n:Entity:Payment)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'Payment']] AS labels, n.amount_fen AS amount_fen, toString(n.paid_time) AS paid_time, n.purpose AS purpose, n.feed AS feed, n.record_no AS record_no, size(keys(n)) AS width
