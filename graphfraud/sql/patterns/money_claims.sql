-- Purpose:    claims of payees at the provider that pays them.
-- Parameters: none; reads claims and the registered table money_pairs(facility_id, person_id)
-- Columns:    claim_id, person_id, facility_id, second (settlement, since 1970), day (of care),
--             fund, total, cash (fen), inpatient, refunded
WITH pairs AS (SELECT DISTINCT facility_id, person_id FROM money_pairs),
refunds AS (SELECT DISTINCT refund_of AS claim_id FROM claims WHERE refund_of IS NOT NULL)
SELECT
    c.claim_id,
    c.person_id,
    c.facility_id,
    epoch_us(coalesce(c.settle_time, c.start_time)) // 1000000 AS second,
    epoch_us(date_trunc('day', c.start_time)) // 1000000 AS day,
    coalesce(c.fund_amount, c.total_amount) AS fund,
    c.total_amount AS total,
    coalesce(c.cash_amount, 0) AS cash,
    c.med_type = 'inpatient' AS inpatient,
    r.claim_id IS NOT NULL AS refunded
FROM claims AS c
INNER JOIN pairs AS p ON c.facility_id = p.facility_id AND c.person_id = p.person_id
LEFT JOIN refunds AS r ON c.claim_id = r.claim_id
WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
ORDER BY c.claim_id;
