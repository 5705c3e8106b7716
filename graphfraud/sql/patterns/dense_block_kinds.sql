-- Purpose:    a view of claims as sales of one kind of care, for data without items.
-- Parameters: none; reads dense_claims
-- Columns:    (dense_visits) claim_id VARCHAR, item_code VARCHAR
CREATE OR REPLACE TEMPORARY VIEW dense_visits AS
SELECT claim_id, med_type AS item_code FROM dense_claims;
