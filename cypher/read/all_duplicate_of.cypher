// Written by `make docs` from the ontology; change that.
// Purpose:    every relationship DUPLICATE_OF of a graph, whole, to be summed up.
// Parameters: first, beyond: a range of keys
// Returns:    source, target, each property; last the number of properties
MATCH (a:Entity)-[r:DUPLICATE_OF]->(b:Entity)
WHERE a.key >= $first AND a.key < $beyond
RETURN a.key AS source, b.key AS target, r.kind AS kind, r.score AS score, r.fund_amount_at_risk_fen AS fund_amount_at_risk_fen, r.reason AS reason, r.reason_zh AS reason_zh, size(keys(r)) AS width
