// Written by `make docs` from the ontology; change that.
// Purpose:    nodes whose id or name has inside a text.
// Parameters: graph, text, kinds: LIST of labels, limit
// Returns:    key, ascending, the first $limit
CALL () {
  MATCH (n:InsuredPerson)
  WHERE 'InsuredPerson' IN $kinds AND n.name CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Doctor)
  WHERE 'Doctor' IN $kinds AND n.name CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Facility)
  WHERE 'Facility' IN $kinds AND n.name CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Item)
  WHERE 'Item' IN $kinds AND n.name CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Address)
  WHERE 'Address' IN $kinds AND n.id CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Company)
  WHERE 'Company' IN $kinds AND n.id CONTAINS $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
}
RETURN key ORDER BY key LIMIT $limit
