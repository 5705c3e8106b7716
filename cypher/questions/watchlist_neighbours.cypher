// Purpose: rings within a few steps of somebody on the watch list.
// 用途：与关注名单对象相隔数步以内的线索组。
// Parameters: $graph: number of the graph; $steps: how many relationships at most, one to four,
//   membership of the ring included; $rows: most rows.
// Returns: steps (of the shortest way), ring_id, status, kind, watched_id, watch_reason, listed_on;
//   a row for each watched party and ring. Ways lead over accounts, phones, addresses, work at
//   facilities, the register of relations and co-attendance; not through companies.
// Paste first:
// :param graph => 1
// :param steps => 3
// :param rows => 200
MATCH (watched:InsuredPerson|Doctor|Facility|Account|Operator {graph: $graph})
WHERE watched.watch_reason IS NOT NULL
MATCH way = ANY SHORTEST (watched)
  (
    ()-[:HOLDS|LIVES_AT|LOCATED_AT|WORKS_AT|HOUSEHOLD|LEGAL_REP|SHAREHOLDER|CONTROLLER|EMPLOYER|AGENT|RELATIVE|RELATED_TO|CO_ATTENDS]-(next)
    WHERE NOT next:Company
  ){0,3}
  ()-[:MEMBER_OF]->(ring:Ring)
WHERE length(way) <= $steps
RETURN length(way) AS steps, ring.id AS ring_id, ring.status AS status,
  CASE
    WHEN watched:InsuredPerson THEN 'InsuredPerson'
    WHEN watched:Doctor THEN 'Doctor'
    WHEN watched:Facility THEN 'Facility'
    WHEN watched:Account THEN 'Account'
    ELSE 'Operator'
  END AS kind,
  watched.id AS watched_id, watched.watch_reason AS watch_reason, watched.listed_on AS listed_on
ORDER BY steps, ring_id, kind, watched_id
LIMIT $rows
