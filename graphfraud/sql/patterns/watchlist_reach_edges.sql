-- Purpose:    who has to do with whom: claims, accounts, phones, registers, payments.
-- Parameters: none; reads reach_nodes, claims, persons, facilities, doctors, payments, relations
-- Columns:    a INTEGER, b INTEGER (nodes, a < b, each pair once), weight DOUBLE: 1 for what a
--             register says, the square root of how often for claims and payments; sorted
CREATE OR REPLACE TEMPORARY TABLE reach_claims AS
SELECT p.node AS person, f.node AS facility, d.node AS doctor, o.node AS operator
FROM claims AS c
INNER JOIN (SELECT * FROM reach_nodes WHERE entity_type = 'person') AS p
    ON c.person_id = p.entity_id
INNER JOIN (SELECT * FROM reach_nodes WHERE entity_type = 'facility') AS f
    ON c.facility_id = f.entity_id
LEFT JOIN (SELECT * FROM reach_nodes WHERE entity_type = 'doctor') AS d
    ON c.doctor_id = d.entity_id
LEFT JOIN (SELECT * FROM reach_nodes WHERE entity_type = 'operator') AS o
    ON c.operator_id = o.entity_id
WHERE c.refund_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id);

WITH contacts AS (
    SELECT person AS a, facility AS b, sqrt(count(*)) AS weight
    FROM reach_claims GROUP BY person, facility
    UNION ALL
    SELECT person, doctor, sqrt(count(*))
    FROM reach_claims WHERE doctor IS NOT NULL GROUP BY person, doctor
    UNION ALL
    SELECT person, operator, sqrt(count(*))
    FROM reach_claims WHERE operator IS NOT NULL GROUP BY person, operator
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
