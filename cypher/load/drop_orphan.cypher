// Purpose:    remove the index of a constraint that never came to be: the server was killed amid it.
// Parameters: name
// Returns:    nothing
DROP INDEX $name IF EXISTS
