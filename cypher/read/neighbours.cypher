// Purpose:    the relationships around some nodes, filtered before they are ordered and cut.
// Parameters: keys: LIST<INTEGER>; types: MAP from each type that may pass to its place in the
//             order; kinds: LIST of labels that may pass, or null; since, until: LOCAL DATETIME or
//             null, the first that passes and the first that no longer does; min_weight;
//             cap: how many for each node
// Returns:    key, id, type, source, target, properties: one row for each relationship shown
UNWIND $keys AS key
MATCH (n:Entity {key: key})
CALL (n) {
  MATCH (n)-[r]-(m:Entity)
  WHERE $types[type(r)] IS NOT NULL
    AND ($kinds IS NULL OR any(label IN labels(m) WHERE label IN $kinds))
    AND ($since IS NULL OR r.time IS NULL OR r.time >= $since)
    AND ($until IS NULL OR r.time IS NULL OR r.time < $until)
    AND (r.observed IS NULL OR r.observed >= $min_weight)
  WITH DISTINCT n, r, m
  ORDER BY
    coalesce(r.observed, -1) DESC,
    coalesce(r.time, localdatetime('0001-01-01T00:00:00')) DESC,
    $types[type(r)],
    m.key,
    startNode(r) = n DESC,
    coalesce(r.line_no, r.relation, r.kind, ''),
    coalesce(toString(r.until), '~') // a missing one comes last
  LIMIT $cap
  RETURN elementId(r) AS id, type(r) AS type, startNode(r).key AS source, endNode(r).key AS target,
    properties(r) AS properties
}
RETURN key, id, type, source, target, properties
