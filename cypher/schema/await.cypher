// Purpose:    wait until every index is filled and in use.
// Parameters: none
// Returns:    nothing
CALL db.awaitIndexes(3600)
