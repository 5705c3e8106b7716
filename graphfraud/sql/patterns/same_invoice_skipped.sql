-- purpose: invoice numbers that stand on too many claims to be an invoice number
-- parameters: $largest_block, as in same_invoice
-- columns out: claims
SELECT count(*) AS claims
FROM claims c
WHERE invoice_no IS NOT NULL AND refund_of IS NULL
  AND NOT EXISTS (FROM claims r WHERE r.refund_of = c.claim_id)
GROUP BY upper(trim(invoice_no))
HAVING count(*) > $largest_block
ORDER BY claims DESC;
