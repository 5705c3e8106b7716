-- Purpose:    the claims that no refund names.
-- Parameters: none; reads claims, refunded
-- Columns:    those of claims
CREATE OR REPLACE TEMPORARY VIEW claims_not_refunded AS
SELECT * FROM claims AS c
WHERE NOT EXISTS (SELECT 1 FROM refunded AS r WHERE r.claim_id = c.claim_id);
