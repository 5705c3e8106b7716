// Purpose: which properties relationships of one type have, for somebody whose mapping missed them.
// Parameters: $type.
// Returns: name: of the first thousand relationships alone, sorted.
MATCH ()-[r:$($type)]->()
WITH r LIMIT 1000
UNWIND keys(r) AS name
RETURN DISTINCT name ORDER BY name
