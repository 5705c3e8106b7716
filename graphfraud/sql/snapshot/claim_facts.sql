-- Purpose:    what the claims lack: a clock time at pharmacy and outpatient visits, and refunds or
--             payments whose claim is not in the snapshot.
-- Parameters: none; reads claims, payments
-- Columns:    visits, untimed, loose_refunds, loose_payments: all BIGINT
WITH visits AS (
    SELECT
        count(*) AS visits,
        count(*) FILTER (WHERE start_time = date_trunc('day', start_time)) AS untimed
    FROM claims WHERE med_type IN ('pharmacy', 'outpatient')
),
refunds AS (
    SELECT count(*) AS loose_refunds
    FROM (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL) AS r
    ANTI JOIN claims AS c ON r.refund_of = c.claim_id
),
paid AS (
    SELECT count(*) AS loose_payments
    FROM (SELECT claim_id FROM payments WHERE claim_id IS NOT NULL) AS p
    ANTI JOIN claims AS c ON p.claim_id = c.claim_id
)
SELECT visits, untimed, loose_refunds, loose_payments FROM visits, refunds, paid;
