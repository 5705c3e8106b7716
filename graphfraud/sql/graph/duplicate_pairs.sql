-- Purpose:    the pairs of claims that may be one expense, for joining them into sets.
-- Parameters: none; reads duplicate_claims
-- Columns:    claim_id_a, claim_id_b, fund_amount_at_risk (fen)
SELECT claim_id_a, claim_id_b, coalesce(fund_amount_at_risk, 0) AS fund_amount_at_risk
FROM duplicate_claims ORDER BY ALL;
