-- Purpose:    doctors whose patients buy at one pharmacy, on the day of the visit, more than
--             elsewhere.
-- Parameters: purchases, percent, rows
-- Columns:    doctor_id, doctor, pharmacy_id, pharmacy, purchases, all_purchases, persons
WITH refunds AS (
    SELECT source AS node FROM edges_refunds UNION SELECT target FROM edges_refunds
),
seen AS (
    SELECT DISTINCT b.target AS doctor, f.source AS person, f.time::DATE AS day
    FROM edges_by AS b INNER JOIN edges_filed AS f ON f.target = b.source
    WHERE b.source NOT IN (SELECT node FROM refunds)
),
bought AS (
    SELECT f.source AS person, f.time::DATE AS day, f.target AS claim, a.target AS pharmacy
    FROM edges_filed AS f
    INNER JOIN edges_at AS a ON a.source = f.target
    INNER JOIN nodes_facility AS n ON n.node = a.target AND n.label = 'Pharmacy'
    WHERE f.target NOT IN (SELECT node FROM refunds)
),
places AS (
    SELECT
        s.doctor,
        b.pharmacy,
        count(DISTINCT b.claim) AS purchases,
        count(DISTINCT b.person) AS persons
    FROM seen AS s INNER JOIN bought AS b ON b.person = s.person AND b.day = s.day
    GROUP BY s.doctor, b.pharmacy
),
shares AS (
    SELECT *, (sum(purchases) OVER (PARTITION BY doctor))::BIGINT AS all_purchases FROM places
)
SELECT
    d.id AS doctor_id,
    d.name AS doctor,
    n.id AS pharmacy_id,
    n.name AS pharmacy,
    s.purchases,
    s.all_purchases,
    s.persons
FROM shares AS s
INNER JOIN nodes_doctor AS d ON d.node = s.doctor
INNER JOIN nodes_facility AS n ON n.node = s.pharmacy
WHERE s.all_purchases >= $purchases AND 100 * s.purchases >= $percent * s.all_purchases
ORDER BY s.purchases DESC, s.all_purchases, doctor_id, pharmacy_id
LIMIT $rows;
