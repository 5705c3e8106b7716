// Purpose:    which constraints the database has.
// Parameters: none
// Returns:    name
SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name
