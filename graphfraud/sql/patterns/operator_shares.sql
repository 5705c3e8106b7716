-- Purpose:    how many claims each operator keyed in at the places of interest, without some claims
-- Parameters: none; reads claims, places (facility_id; registered), decisive (claim_id; registered)
-- Columns:    facility_id, operator_id VARCHAR, claims BIGINT
SELECT c.facility_id, c.operator_id, count(*) AS claims
FROM claims c SEMI JOIN places p ON p.facility_id = c.facility_id
WHERE c.operator_id IS NOT NULL AND c.claim_id NOT IN (SELECT claim_id FROM decisive)
GROUP BY c.facility_id, c.operator_id ORDER BY c.facility_id, c.operator_id;
