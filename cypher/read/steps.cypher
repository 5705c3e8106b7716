// Purpose:    which nodes are one relationship away from some nodes, for finding paths.
// Parameters: keys: LIST<INTEGER>; types, kinds, since, until, min_weight: as in read/neighbours;
//             ends: LIST<INTEGER>, keys that pass whatever their kind
// Returns:    key, other: each pair once
UNWIND $keys AS key
MATCH (n:Entity {key: key})-[r]-(m:Entity)
WHERE $types[type(r)] IS NOT NULL
  AND (m.key IN $ends OR $kinds IS NULL OR any(label IN labels(m) WHERE label IN $kinds))
  AND ($since IS NULL OR r.time IS NULL OR r.time >= $since)
  AND ($until IS NULL OR r.time IS NULL OR r.time < $until)
  AND (r.observed IS NULL OR r.observed >= $min_weight)
RETURN DISTINCT key, m.key AS other
