// Purpose: what the graph calls its things, to hold a mapping against.
// Parameters: none.
// Returns: kind ('label', 'relationship' or 'property'), name.
CALL db.labels() YIELD label
RETURN 'label' AS kind, label AS name
UNION ALL
CALL db.relationshipTypes() YIELD relationshipType
RETURN 'relationship' AS kind, relationshipType AS name
UNION ALL
CALL db.propertyKeys() YIELD propertyKey
RETURN 'property' AS kind, propertyKey AS name
