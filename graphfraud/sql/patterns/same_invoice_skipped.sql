-- purpose: invoice numbers that stand on too many claims to be an invoice number
-- parameters: $largest_block, as in same_invoice; reads same_invoice_paid (patterns/same_invoice)
-- columns out: claims
SELECT count(*) AS claims
FROM same_invoice_paid
GROUP BY invoice
HAVING count(*) > $largest_block
ORDER BY claims DESC;
