// Written by `make docs` from the ontology; change that.
// Purpose:    names that may be one letter from a text.
// Parameters: graph, kinds: LIST of labels, left, right: its halves, swapped: it with the two letters at the seam
//             swapped, shortest, longest: lengths of a name
// Returns:    key, name
CALL () {
  MATCH (n:InsuredPerson)
  WHERE 'InsuredPerson' IN $kinds AND n.graph = $graph
    AND (n.name CONTAINS $left OR n.name CONTAINS $right OR n.name = $swapped)
    AND $shortest <= size(n.name) <= $longest
  RETURN n.key AS key, n.name AS name
  UNION ALL
  MATCH (n:Doctor)
  WHERE 'Doctor' IN $kinds AND n.graph = $graph
    AND (n.name CONTAINS $left OR n.name CONTAINS $right OR n.name = $swapped)
    AND $shortest <= size(n.name) <= $longest
  RETURN n.key AS key, n.name AS name
  UNION ALL
  MATCH (n:Facility)
  WHERE 'Facility' IN $kinds AND n.graph = $graph
    AND (n.name CONTAINS $left OR n.name CONTAINS $right OR n.name = $swapped)
    AND $shortest <= size(n.name) <= $longest
  RETURN n.key AS key, n.name AS name
  UNION ALL
  MATCH (n:Item)
  WHERE 'Item' IN $kinds AND n.graph = $graph
    AND (n.name CONTAINS $left OR n.name CONTAINS $right OR n.name = $swapped)
    AND $shortest <= size(n.name) <= $longest
  RETURN n.key AS key, n.name AS name
  UNION ALL
  MATCH (n:Address)
  WHERE 'Address' IN $kinds AND n.graph = $graph
    AND (n.id CONTAINS $left OR n.id CONTAINS $right OR n.id = $swapped)
    AND $shortest <= size(n.id) <= $longest
  RETURN n.key AS key, n.id AS name
  UNION ALL
  MATCH (n:Company)
  WHERE 'Company' IN $kinds AND n.graph = $graph
    AND (n.id CONTAINS $left OR n.id CONTAINS $right OR n.id = $swapped)
    AND $shortest <= size(n.id) <= $longest
  RETURN n.key AS key, n.id AS name
}
RETURN key, name ORDER BY key
