-- Purpose:    every entity that can carry reach, numbered in the order of type and id.
-- Parameters: none; reads persons, facilities, doctors, claims, payments, relations, watchlist
-- Columns:    node INTEGER, entity_type VARCHAR, entity_id VARCHAR, listed BOOLEAN, known BOOLEAN
--             (named by something else than the watch list); in order
CREATE OR REPLACE TEMPORARY TABLE reach_nodes AS
WITH named AS (
    SELECT 'person' AS entity_type, person_id AS entity_id FROM persons
    UNION SELECT 'facility', facility_id FROM facilities
    UNION SELECT 'doctor', doctor_id FROM doctors
    UNION SELECT 'operator', operator_id FROM claims WHERE operator_id IS NOT NULL
    UNION SELECT 'account', bank_account FROM persons WHERE bank_account IS NOT NULL
    UNION SELECT 'account', bank_account FROM facilities WHERE bank_account IS NOT NULL
    UNION SELECT 'account', payer_account FROM payments
    UNION SELECT 'account', payee_account FROM payments
    UNION SELECT 'phone', phone FROM persons WHERE phone IS NOT NULL
    UNION SELECT from_type, from_id FROM relations
    UNION SELECT to_type, to_id FROM relations
),

every AS (
    SELECT entity_type, entity_id, TRUE AS known, FALSE AS listed FROM named
    UNION ALL SELECT entity_type, entity_id, FALSE, TRUE FROM watchlist
)

SELECT (row_number() OVER (ORDER BY entity_type, entity_id) - 1)::INTEGER AS node,
    entity_type, entity_id, bool_or(listed) AS listed, bool_or(known) AS known
FROM every
GROUP BY entity_type, entity_id;

SELECT node, entity_type, entity_id, listed, known FROM reach_nodes ORDER BY node;
