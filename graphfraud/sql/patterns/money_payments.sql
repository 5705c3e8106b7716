-- Purpose:    transfers between two different accounts, in the order of time.
-- Parameters: none; reads payments
-- Columns:    payment_id, claim_id ('' for none), payer, payee, amount (fen), second (since 1970)
SELECT
    payment_id,
    coalesce(claim_id, '') AS claim_id,
    trim(payer_account) AS payer,
    trim(payee_account) AS payee,
    amount,
    epoch_us(paid_time) // 1000000 AS second
FROM payments
WHERE amount > 0 AND paid_time IS NOT NULL
    AND trim(payer_account) <> '' AND trim(payee_account) <> ''
    AND trim(payer_account) <> trim(payee_account)
ORDER BY second, payment_id;
