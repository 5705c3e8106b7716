// Purpose:    every relationship between two of some nodes.
// Parameters: keys: LIST<INTEGER>
// Returns:    type, source, target, properties
UNWIND $keys AS key
MATCH (a:Entity {key: key})
CALL (a) {
  MATCH (a)-[r]->(b:Entity)
  WHERE b.key IN $keys
  RETURN r, b
}
RETURN type(r) AS type, a.key AS source, b.key AS target, properties(r) AS properties
