-- Purpose:    the claims that a refund names; they are no events.
-- Parameters: none; reads claims
-- Columns:    refunds BIGINT, how many there are
CREATE OR REPLACE TEMPORARY TABLE refunded AS
SELECT DISTINCT refund_of AS claim_id FROM claims WHERE refund_of IS NOT NULL;

SELECT count(*) AS refunds FROM refunded;
