// Purpose:    forget a graph whose nodes are gone; its number stays taken.
// Parameters: graph
// Returns:    removed
MATCH (g:Graph {number: $graph, state: 'removing'})
WITH g
OPTIONAL MATCH (l:LoadLane {graph: g.number})
DELETE l, g
RETURN count(DISTINCT g) AS removed
