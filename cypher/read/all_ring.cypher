// Written by `make docs` from the ontology; change that.
// Purpose:    every ring of a graph, whole, to be summed up.
// Parameters: graph; first, beyond: its range of keys
// Returns:    key, id, additional labels, each property; last the number of properties, 100 more
//             where the node says that it is another graph's
MATCH (n:Entity:Ring)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'Ring']] AS labels, n.pattern AS pattern, n.status AS status, n.explanation AS explanation, n.score AS score, n.p_value AS p_value, n.rank AS rank, n.n_claims AS n_claims, n.total_amount_fen AS total_amount_fen, n.fund_amount_fen AS fund_amount_fen, toString(n.first_time) AS first_time, toString(n.last_time) AS last_time, n.summary_zh AS summary_zh, n.summary_en AS summary_en,
  size(keys(n)) + CASE WHEN n.graph = $graph THEN 0 ELSE 100 END AS width
