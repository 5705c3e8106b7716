// Purpose: which Neo4j this is, to refuse one that is too old before anything is asked of it.
// Parameters: none.
// Returns: version (text), edition (text); one row.
CALL dbms.components() YIELD name, versions, edition
WITH versions[0] AS version, edition WHERE name = 'Neo4j Kernel'
RETURN version, edition
