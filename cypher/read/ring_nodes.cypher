// Purpose:    a published ring with its members, what they share, and perhaps its claims.
// Parameters: ring: the key of its node; pivots: LIST of labels of what may be shared;
//             claims: whether to return the supporting claims too
// Returns:    key
MATCH (g:Entity:Ring {key: $ring})
CALL (g) {
  RETURN g.key AS key
  UNION
  MATCH (m:Entity)-[:MEMBER_OF]->(g)
  RETURN m.key AS key
  UNION
  MATCH (c:Entity:Claim)-[:SUPPORTS]->(g)
  WHERE $claims
  RETURN c.key AS key
  UNION
  MATCH (g)<-[:MEMBER_OF]-(m:Entity)-[]-(p:Entity)
  WHERE any(label IN labels(p) WHERE label IN $pivots)
  WITH p, count(DISTINCT m) AS sharers
  WHERE sharers >= 2
  RETURN p.key AS key
}
RETURN key ORDER BY key
