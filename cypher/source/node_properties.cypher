// Purpose: which properties nodes of one label have, for somebody whose mapping missed them.
// Parameters: $label.
// Returns: name: of the first thousand nodes alone, sorted.
MATCH (n:$($label))
WITH n LIMIT 1000
UNWIND keys(n) AS name
RETURN DISTINCT name ORDER BY name
