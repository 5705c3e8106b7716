-- Purpose:    who has to do with whom: claims, accounts, phones, registers, payments.
-- Parameters: none; reads reach_nodes, coded_claims with its codes (events/coded_claims), persons,
--             facilities, doctors, payments, relations
-- Columns:    a INTEGER, b INTEGER (nodes, a < b, each pair once), weight DOUBLE: 1 for what a
--             register says, the square root of how often for claims and payments; sorted
CREATE OR REPLACE TEMPORARY TABLE reach_persons AS
SELECT c.person, n.node
FROM person_codes AS c
INNER JOIN reach_nodes AS n ON n.entity_type = 'person' AND c.person_id = n.entity_id;

WITH facility_nodes AS (
    SELECT c.facility AS code, n.node
    FROM facility_codes AS c
    INNER JOIN reach_nodes AS n ON n.entity_type = 'facility' AND c.facility_id = n.entity_id
),

doctor_nodes AS (
    SELECT c.doctor AS code, n.node
    FROM doctor_codes AS c
    INNER JOIN reach_nodes AS n ON n.entity_type = 'doctor' AND c.doctor_id = n.entity_id
),

operator_nodes AS (
    SELECT c.operator AS code, n.node
    FROM operator_codes AS c
    INNER JOIN reach_nodes AS n ON n.entity_type = 'operator' AND c.operator_id = n.entity_id
),

contacts AS (
    SELECT v.a, n.node AS b, v.weight
    FROM (
        SELECT p.node AS a, c.facility, sqrt(count(*)) AS weight
        FROM coded_claims AS c INNER JOIN reach_persons AS p ON c.person = p.person
        WHERE c.facility IS NOT NULL
        GROUP BY p.node, c.facility
    ) AS v
    INNER JOIN facility_nodes AS n ON v.facility = n.code
    UNION ALL
    SELECT v.a, n.node AS b, v.weight
    FROM (
        SELECT p.node AS a, c.doctor, sqrt(count(*)) AS weight
        FROM coded_claims AS c INNER JOIN reach_persons AS p ON c.person = p.person
        WHERE c.doctor IS NOT NULL
        GROUP BY p.node, c.doctor
    ) AS v
    INNER JOIN doctor_nodes AS n ON v.doctor = n.code
    UNION ALL
    SELECT v.a, n.node AS b, v.weight
    FROM (
        SELECT p.node AS a, c.operator, sqrt(count(*)) AS weight
        FROM coded_claims AS c INNER JOIN reach_persons AS p ON c.person = p.person
        WHERE c.operator IS NOT NULL
        GROUP BY p.node, c.operator
    ) AS v
    INNER JOIN operator_nodes AS n ON v.operator = n.code
),

registered AS (
    SELECT 'person' AS type_a, person_id AS id_a, 'account' AS type_b, bank_account AS id_b
    FROM persons WHERE bank_account IS NOT NULL
    UNION ALL
    SELECT 'facility', facility_id, 'account', bank_account
    FROM facilities WHERE bank_account IS NOT NULL
    UNION ALL
    SELECT 'person', person_id, 'phone', phone FROM persons WHERE phone IS NOT NULL
    UNION ALL
    SELECT 'doctor', doctor_id, 'facility', facility_id
    FROM doctors WHERE facility_id IS NOT NULL
    UNION ALL
    SELECT from_type, from_id, to_type, to_id FROM relations
),

paid AS (
    SELECT 'account' AS type_a, payer_account AS id_a, 'account' AS type_b,
        payee_account AS id_b, sqrt(count(*)) AS weight
    FROM payments GROUP BY payer_account, payee_account
),

linked AS (
    SELECT x.node AS a, y.node AS b, e.weight
    FROM (
        SELECT type_a, id_a, type_b, id_b, 1.0 AS weight FROM registered
        UNION ALL
        SELECT type_a, id_a, type_b, id_b, weight FROM paid
    ) AS e
    INNER JOIN reach_nodes AS x ON e.type_a = x.entity_type AND e.id_a = x.entity_id
    INNER JOIN reach_nodes AS y ON e.type_b = y.entity_type AND e.id_b = y.entity_id
)

SELECT least(a, b) AS a, greatest(a, b) AS b, max(weight) AS weight
FROM (SELECT * FROM contacts UNION ALL SELECT * FROM linked)
WHERE a <> b
GROUP BY ALL
ORDER BY a, b;
