-- Purpose:    claims elsewhere that begin while the same person lies in a hospital.
-- Parameters: rows
-- Columns:    person_id, name, stay_claim_id, stay_facility_id, stay_start, stay_end, claim_id,
--             med_type, facility_id, start_time
WITH refunds AS (
    SELECT source AS node FROM edges_refunds UNION SELECT target FROM edges_refunds
),
events AS (
    SELECT
        f.source AS person, c.id, c.med_type, c.start_time, c.end_time, x.id AS facility_id
    FROM edges_filed AS f
    INNER JOIN nodes_claim AS c ON c.node = f.target
    INNER JOIN edges_at AS a ON a.source = c.node
    INNER JOIN nodes_facility AS x ON x.node = a.target
    WHERE c.node NOT IN (SELECT node FROM refunds)
),
stays AS (SELECT * FROM events WHERE med_type = 'inpatient' AND end_time > start_time)
SELECT
    p.id AS person_id,
    p.name,
    s.id AS stay_claim_id,
    s.facility_id AS stay_facility_id,
    s.start_time AS stay_start,
    s.end_time AS stay_end,
    e.id AS claim_id,
    e.med_type,
    e.facility_id,
    e.start_time
FROM stays AS s
INNER JOIN events AS e
    ON e.person = s.person
    AND e.facility_id <> s.facility_id
    AND e.start_time >= s.start_time
    AND e.start_time < s.end_time
INNER JOIN nodes_insuredperson AS p ON p.node = s.person
WHERE e.start_time > s.start_time OR (e.med_type = 'inpatient' AND s.id < e.id)
ORDER BY person_id, stay_start, stay_claim_id, e.start_time, claim_id
LIMIT $rows;
