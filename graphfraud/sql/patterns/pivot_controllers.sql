-- Purpose:    facilities that one person, account, address or company stands behind.
-- Parameters: none; reads facilities, relations
-- Columns:    controller (kind:value), kind (of facility), facility_id; also of one facility alone
WITH tied AS (
    SELECT 'facility:' || facility_id AS controller, facility_id FROM facilities
    UNION
    SELECT 'legal_rep:' || trim(legal_rep), facility_id FROM facilities
    WHERE trim(legal_rep) <> ''
    UNION
    SELECT 'account:' || trim(bank_account), facility_id FROM facilities
    WHERE trim(bank_account) <> ''
    UNION
    SELECT 'address:' || trim(address), facility_id FROM facilities WHERE trim(address) <> ''
    UNION
    SELECT from_type || ':' || from_id, to_id FROM relations
    WHERE to_type = 'facility' AND relation IN ('legal_rep', 'shareholder', 'controller')
    UNION
    SELECT to_type || ':' || to_id, from_id FROM relations
    WHERE from_type = 'facility' AND relation IN ('legal_rep', 'shareholder', 'controller')
)
SELECT t.controller, f.kind, t.facility_id
FROM tied AS t INNER JOIN facilities AS f ON t.facility_id = f.facility_id
ORDER BY t.controller, f.kind, t.facility_id;
