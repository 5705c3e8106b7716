-- purpose: invoice numbers that stand on too many claims to be an invoice number
-- parameters: $largest_block, as in same_invoice
-- columns out: claims
SELECT count(*) AS claims
FROM claims
WHERE invoice_no IS NOT NULL
GROUP BY upper(trim(invoice_no))
HAVING count(*) > $largest_block
ORDER BY claims DESC;
