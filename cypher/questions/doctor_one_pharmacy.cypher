// Purpose: doctors whose patients buy at one pharmacy, on the day of the visit, more than elsewhere.
// 用途：患者就诊当日的购药集中于同一药店的医师。
// Parameters: $graph: number of the graph; $purchases: same-day purchases at any pharmacy at
//   least; $percent: of them at the one pharmacy at least; $rows: most rows.
// Returns: doctor_id, doctor, pharmacy_id, pharmacy, purchases (claims there), all_purchases
//   (claims at any pharmacy), persons (who bought there); refunds and refunded claims left out; a
//   row for each doctor and pharmacy.
// Paste first:
// :param graph => 1
// :param purchases => 5
// :param percent => 60
// :param rows => 200
MATCH (doctor:Doctor {graph: $graph})<-[:BY]-(visit:Claim)<-[:FILED]-(person:InsuredPerson)
WHERE NOT EXISTS { (visit)-[:REFUNDS]-() }
WITH DISTINCT doctor, person, date(visit.start_time) AS day
MATCH (person)-[filed:FILED]->(purchase:Claim)-[:AT]->(pharmacy:Pharmacy)
WHERE date(filed.time) = day AND NOT EXISTS { (purchase)-[:REFUNDS]-() }
WITH doctor, pharmacy, count(DISTINCT purchase) AS purchases, count(DISTINCT person) AS persons
WITH doctor, sum(purchases) AS all_purchases,
  collect({pharmacy: pharmacy, purchases: purchases, persons: persons}) AS places
WHERE all_purchases >= $purchases
UNWIND places AS place
WITH doctor, all_purchases, place.pharmacy AS pharmacy, place.purchases AS purchases,
  place.persons AS persons
WHERE 100 * purchases >= $percent * all_purchases
RETURN doctor.id AS doctor_id, doctor.name AS doctor, pharmacy.id AS pharmacy_id,
  pharmacy.name AS pharmacy, purchases, all_purchases, persons
ORDER BY purchases DESC, all_purchases, doctor_id, pharmacy_id
LIMIT $rows
