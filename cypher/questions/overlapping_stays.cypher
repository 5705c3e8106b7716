// Purpose: claims elsewhere that begin while the same person lies in a hospital.
// 用途：参保人住院期间在其他机构发生的结算。
// Parameters: $graph: number of the graph; $rows: most rows.
// Returns: person_id, name, stay_claim_id, stay_facility_id, stay_start, stay_end, claim_id,
//   med_type, facility_id, start_time; refunds and refunded claims left out; a row for each claim.
//   A claim that begins at the very moment of admission or discharge is none; of two stays that
//   begin at one moment the second by id is.
// Paste first:
// :param graph => 1
// :param rows => 200
MATCH (person:InsuredPerson {graph: $graph})-[:FILED]->(stay:Claim {med_type: 'inpatient'})
WHERE stay.end_time > stay.start_time AND NOT EXISTS { (stay)-[:REFUNDS]-() }
MATCH (stay)-[:AT]->(hospital:Facility)
MATCH (person)-[:FILED]->(claim:Claim)-[:AT]->(facility:Facility)
WHERE facility <> hospital AND claim.start_time < stay.end_time
  AND (
    claim.start_time > stay.start_time
    OR claim.start_time = stay.start_time AND claim.med_type = 'inpatient' AND stay.id < claim.id
  )
  AND NOT EXISTS { (claim)-[:REFUNDS]-() }
RETURN person.id AS person_id, person.name AS name, stay.id AS stay_claim_id,
  hospital.id AS stay_facility_id, stay.start_time AS stay_start, stay.end_time AS stay_end,
  claim.id AS claim_id, claim.med_type AS med_type, facility.id AS facility_id,
  claim.start_time AS start_time
ORDER BY person_id, stay_start, stay_claim_id, start_time, claim_id
LIMIT $rows
