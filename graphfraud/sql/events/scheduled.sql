-- Purpose:    the delivered diagnosis codes that belong to a scheduled treatment. Few codes are
--             distinct: the expression is tried on those, not on every claim.
-- Parameters: scheduled VARCHAR, a regular expression over dotless codes; reads claims
-- Columns:    (scheduled_codes) diagnosis_code VARCHAR
CREATE OR REPLACE TEMPORARY TABLE diagnosis_codes AS
SELECT DISTINCT diagnosis_code FROM claims WHERE diagnosis_code IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE scheduled_codes AS
SELECT diagnosis_code FROM diagnosis_codes
WHERE regexp_matches(replace(upper(diagnosis_code), '.', ''), $scheduled);
