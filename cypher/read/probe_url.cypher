// Purpose:    whether LOAD CSV may fetch from the network; it must be refused before it asks. The
//             address is the server's own machine, at a port nobody listens on.
// Parameters: none
// Returns:    nothing that matters: the refusal is what is wanted
LOAD CSV FROM 'http://127.0.0.1:9/no-such-file-of-graphfraud.csv' AS line
RETURN count(line) AS n
