// Written by `make docs` from the ontology; change that.
// Purpose:    find nodes of one kind by what they are called.
// Parameters: none
// Returns:    nothing
CREATE INDEX id_insuredperson IF NOT EXISTS FOR (n:InsuredPerson) ON (n.id)
