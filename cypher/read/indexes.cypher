// Purpose:    which indexes the database has, those of constraints among them.
// Parameters: none
// Returns:    name, state
SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name
