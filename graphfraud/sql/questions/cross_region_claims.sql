-- Purpose:    two claims of one person in different regions, hours apart.
-- Parameters: hours, rows
-- Columns:    minutes, person_id, name, claim_id, facility_id, region, start_time,
--             other_claim_id, other_facility_id, other_region, other_start_time
WITH refunds AS (
    SELECT source AS node FROM edges_refunds UNION SELECT target FROM edges_refunds
),
events AS (
    SELECT f.source AS person, c.id, x.id AS facility_id, c.settle_region, c.start_time
    FROM edges_filed AS f
    INNER JOIN nodes_claim AS c ON c.node = f.target
    INNER JOIN edges_at AS a ON a.source = c.node
    INNER JOIN nodes_facility AS x ON x.node = a.target
    WHERE c.settle_region IS NOT NULL AND c.node NOT IN (SELECT node FROM refunds)
),
travellers AS (
    SELECT person FROM events GROUP BY person HAVING count(DISTINCT settle_region) >= 2
),
theirs AS (SELECT * FROM events SEMI JOIN travellers USING (person))
SELECT
    (epoch_us(b.start_time) - epoch_us(a.start_time)) // 60000000 AS minutes,
    p.id AS person_id,
    p.name,
    a.id AS claim_id,
    a.facility_id,
    a.settle_region AS region,
    a.start_time,
    b.id AS other_claim_id,
    b.facility_id AS other_facility_id,
    b.settle_region AS other_region,
    b.start_time AS other_start_time
FROM theirs AS a
INNER JOIN theirs AS b
    ON b.person = a.person
    AND b.settle_region <> a.settle_region
    AND (a.start_time, a.id) < (b.start_time, b.id)
    AND b.start_time <= a.start_time + to_hours($hours)
INNER JOIN nodes_insuredperson AS p ON p.node = a.person
ORDER BY minutes, person_id, claim_id, other_claim_id
LIMIT $rows;
