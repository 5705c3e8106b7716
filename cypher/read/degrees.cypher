// Purpose:    how many relationships of some nodes pass a filter.
// Parameters: those of read/neighbours, but for cap
// Returns:    key, degree
UNWIND $keys AS key
MATCH (n:Entity {key: key})
CALL (n) {
  MATCH (n)-[r]-(m:Entity)
  WHERE $types[type(r)] IS NOT NULL
    AND ($kinds IS NULL OR any(label IN labels(m) WHERE label IN $kinds))
    AND ($since IS NULL OR r.time IS NULL OR r.time >= $since)
    AND ($until IS NULL OR r.time IS NULL OR r.time < $until)
    AND (r.observed IS NULL OR r.observed >= $min_weight)
  RETURN count(DISTINCT r) AS degree
}
RETURN key, degree
