// Purpose: telephone numbers that several insured persons gave, with each of them.
// 用途：多名参保人登记的同一电话及其每一位使用人。
// Parameters: $graph: number of the graph; $persons: how many persons at least; $rows: most rows.
// Returns: phone, persons (how many gave it), person_id, name, region; a row for each person.
// Paste first:
// :param graph => 1
// :param persons => 2
// :param rows => 200
MATCH (phone:Phone {graph: $graph})
WITH phone, COUNT { (phone)<-[:HOLDS]-(:InsuredPerson) } AS persons
WHERE persons >= $persons
MATCH (phone)<-[:HOLDS]-(person:InsuredPerson)
RETURN phone.id AS phone, persons, person.id AS person_id, person.name AS name,
  person.region AS region
ORDER BY persons DESC, phone, person_id
LIMIT $rows
