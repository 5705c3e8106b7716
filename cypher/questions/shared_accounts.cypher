// Purpose: bank accounts that several insured persons hold, with each holder.
// 用途：多名参保人共用的银行账户及其每一位持有人。
// Parameters: $graph: number of the graph; $persons: how many holders at least; $rows: most rows.
// Returns: account, persons (how many hold it), person_id, name, region; a row for each holder.
// Paste first:
// :param graph => 1
// :param persons => 2
// :param rows => 200
MATCH (account:Account {graph: $graph})
WITH account, COUNT { (account)<-[:HOLDS]-(:InsuredPerson) } AS persons
WHERE persons >= $persons
MATCH (account)<-[:HOLDS]-(person:InsuredPerson)
RETURN account.id AS account, persons, person.id AS person_id, person.name AS name,
  person.region AS region
ORDER BY persons DESC, account, person_id
LIMIT $rows
