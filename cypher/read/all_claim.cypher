// Written by `make docs` from the ontology; change that.
// Purpose:    every claim of a graph, whole, to be summed up.
// Parameters: graph; first, beyond: its range of keys
// Returns:    key, id, additional labels, each property; last the number of properties, 100 more
//             where the node says that it is another graph's
MATCH (n:Entity:Claim)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'Claim']] AS labels, n.med_type AS med_type, toString(n.start_time) AS start_time, toString(n.end_time) AS end_time, toString(n.settle_time) AS settle_time, n.diagnosis_code AS diagnosis_code, n.total_amount_fen AS total_amount_fen, n.fund_amount_fen AS fund_amount_fen, n.cash_amount_fen AS cash_amount_fen, n.invoice_no AS invoice_no, n.settle_region AS settle_region, n.insurance_type AS insurance_type, n.encounter_id AS encounter_id, n.feed AS feed, n.record_no AS record_no,
  size(keys(n)) + CASE WHEN n.graph = $graph THEN 0 ELSE 100 END AS width
