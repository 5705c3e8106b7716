// Written by `make docs` from the ontology; change that.
// Purpose:    every relationship INCLUDES of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    source, target, each property; last the number of properties
MATCH (a:Entity)-[r:INCLUDES]->(b:Entity)
WHERE a.key >= $first AND a.key < $beyond
RETURN a.key AS source, b.key AS target, r.line_no AS line_no, r.quantity AS quantity, r.unit_price_fen AS unit_price_fen, r.amount_fen AS amount_fen, r.trace_code AS trace_code, r.feed AS feed, r.record_no AS record_no, size(keys(r)) AS width
