// Purpose:    forget a graph whose nodes are gone; its number stays taken.
// Parameters: graph
// Returns:    removed
MATCH (g:Graph {number: $graph, state: 'removing'})
DELETE g
RETURN count(*) AS removed
