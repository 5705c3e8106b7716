// Written by `make docs` from the ontology; change that.
// Purpose:    nodes whose id or name is a text.
// Parameters: graph, text, kinds: LIST of labels, limit
// Returns:    key, ascending, the first $limit
CALL () {
  MATCH (n:InsuredPerson)
  WHERE 'InsuredPerson' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Doctor)
  WHERE 'Doctor' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Facility)
  WHERE 'Facility' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Item)
  WHERE 'Item' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Claim)
  WHERE 'Claim' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Payment)
  WHERE 'Payment' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Account)
  WHERE 'Account' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Phone)
  WHERE 'Phone' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Address)
  WHERE 'Address' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Region)
  WHERE 'Region' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Operator)
  WHERE 'Operator' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Company)
  WHERE 'Company' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:OtherParty)
  WHERE 'OtherParty' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Ring)
  WHERE 'Ring' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:DuplicateSet)
  WHERE 'DuplicateSet' IN $kinds AND n.id = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:InsuredPerson)
  WHERE 'InsuredPerson' IN $kinds AND n.name = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Doctor)
  WHERE 'Doctor' IN $kinds AND n.name = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Facility)
  WHERE 'Facility' IN $kinds AND n.name = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
  UNION
  MATCH (n:Item)
  WHERE 'Item' IN $kinds AND n.name = $text AND n.graph = $graph
  RETURN n.key AS key ORDER BY key LIMIT $limit
}
RETURN key ORDER BY key LIMIT $limit
