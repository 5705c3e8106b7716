// Purpose:    whether LOAD CSV may read the server's files; it must be refused before it looks.
// Parameters: none
// Returns:    nothing that matters: the refusal is what is wanted
LOAD CSV FROM 'file:///no-such-file-of-graphfraud.csv' AS line
RETURN count(line) AS n
