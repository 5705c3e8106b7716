// Written by `make docs` from the ontology; change that.
// Purpose:    every other party of a graph, whole, to be summed up.
// Parameters: graph; first, beyond: its range of keys
// Returns:    key, id, additional labels, each property; last the number of properties, 100 more
//             where the node says that it is another graph's
MATCH (n:Entity:OtherParty)
WHERE n.key >= $first AND n.key < $beyond
RETURN n.key AS key, n.id, [label IN labels(n) WHERE NOT label IN ['Entity', 'OtherParty']] AS labels,
  size(keys(n)) + CASE WHEN n.graph = $graph THEN 0 ELSE 100 END AS width
