-- Purpose:    how often each patient was at each facility; refunds and what they reverse left out.
-- Parameters: none; reads claims, coded_claims (events/coded_claims)
-- Columns:    (peer_claims) those of claims that count; (peer_patients) facility, person (codes),
--             claims
CREATE OR REPLACE TEMPORARY TABLE peer_refunded AS
SELECT DISTINCT refund_of AS claim_id FROM claims WHERE refund_of IS NOT NULL;

CREATE OR REPLACE TEMPORARY VIEW peer_claims AS
SELECT * FROM claims
WHERE refund_of IS NULL AND claim_id NOT IN (SELECT claim_id FROM peer_refunded);

CREATE OR REPLACE TEMPORARY TABLE peer_patients AS
SELECT facility, person, count(*) AS claims
FROM coded_claims GROUP BY facility, person;
