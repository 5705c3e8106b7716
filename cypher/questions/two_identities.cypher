// Purpose: one human under several person ids: one id number, or one name and birth date.
// 用途：同一人使用多个参保人编号：证件号码相同，或姓名与出生日期相同。
// Parameters: $graph: number of the graph; $regions: in how many regions at least, where a region
//   that is not known counts as one; $rows: most rows.
// Returns: basis ('id_number' or 'name_and_birth_date'), shared (what is the same), persons (how
//   many ids), regions, person_id, name, region; a row for each id.
// Paste first:
// :param graph => 1
// :param regions => 1
// :param rows => 200
MATCH (person:InsuredPerson {graph: $graph})
UNWIND [
  {basis: 'id_number', shared: person.id_number},
  {basis: 'name_and_birth_date', shared: person.name + ' ' + toString(person.birth_date)}
] AS sign
WITH sign.basis AS basis, sign.shared AS shared, person
WHERE shared IS NOT NULL
WITH basis, shared, collect(person) AS ids, min(person.id) AS first_id,
  count(DISTINCT coalesce(person.region, '')) AS regions
WHERE size(ids) >= 2 AND regions >= $regions
UNWIND ids AS person
RETURN basis, shared, size(ids) AS persons, regions, person.id AS person_id, person.name AS name,
  person.region AS region
// Not by what is shared: Neo4j sorts a text it has put together otherwise than a stored one.
ORDER BY basis, persons DESC, first_id, person_id
LIMIT $rows
