// Purpose:    nodes by their keys.
// Parameters: keys: LIST<INTEGER>
// Returns:    key, labels, properties
UNWIND $keys AS key
MATCH (n:Entity {key: key})
RETURN key, labels(n) AS labels, properties(n) AS properties ORDER BY key
