// Written by `make docs` from the ontology; change that.
// Purpose:    find nodes of one kind by what they are called.
// Parameters: none
// Returns:    nothing
CREATE INDEX id_phone IF NOT EXISTS FOR (n:Phone) ON (n.id)
