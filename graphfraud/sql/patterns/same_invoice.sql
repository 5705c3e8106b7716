-- purpose: pairs of claims with one invoice number, paid in different regions
-- parameters: $largest_block, claims on one invoice number beyond which it is a placeholder
-- columns out: claim_id_a, claim_id_b, kind, score, fund_amount_at_risk (fen), reason, reason_zh
WITH paid AS (
    SELECT claim_id, person_id, facility_id, start_time::DATE AS day, total_amount,
           coalesce(fund_amount, 0) AS fund, upper(trim(invoice_no)) AS invoice,
           coalesce(settle_region, '') AS region
    FROM claims c
    WHERE invoice_no IS NOT NULL AND refund_of IS NULL
      AND NOT EXISTS (FROM claims r WHERE r.refund_of = c.claim_id)
),
blocks AS (
    SELECT invoice FROM paid GROUP BY invoice
    HAVING count(*) BETWEEN 2 AND $largest_block AND count(DISTINCT region) > 1
),
pairs AS (
    SELECT a.claim_id AS claim_id_a, b.claim_id AS claim_id_b,
           a.region AS region_a, b.region AS region_b,
           a.person_id = b.person_id AS person, a.total_amount = b.total_amount AS amount,
           a.day = b.day AS day, a.facility_id = b.facility_id AS facility,
           least(a.fund, b.fund) AS fund_amount_at_risk
    FROM (SELECT * FROM paid SEMI JOIN blocks USING (invoice)) a
    JOIN paid b ON a.invoice = b.invoice AND a.claim_id < b.claim_id
    WHERE a.region <> b.region AND a.region <> '' AND b.region <> ''
)
SELECT claim_id_a, claim_id_b, 'same_invoice' AS kind,
       0.4 + 0.25 * amount::INT + 0.2 * person::INT + 0.1 * day::INT
           + 0.05 * facility::INT AS score,
       fund_amount_at_risk,
       'same invoice number, paid in ' || least(region_a, region_b) || ' and '
           || greatest(region_a, region_b)
           || CASE WHEN person THEN ', same person' ELSE ', different person' END
           || CASE WHEN amount THEN ', same amount' ELSE ', different amount' END
           || CASE WHEN day THEN ', same day' ELSE ', different day' END
           || CASE WHEN facility THEN ', same facility' ELSE ', different facility' END AS reason,
       '票据号相同，分别由 ' || least(region_a, region_b) || ' 与 ' || greatest(region_a, region_b)
           || ' 支付'
           || CASE WHEN person THEN '，参保人相同' ELSE '，参保人不同' END
           || CASE WHEN amount THEN '，金额相同' ELSE '，金额不同' END
           || CASE WHEN day THEN '，日期相同' ELSE '，日期不同' END
           || CASE WHEN facility THEN '，机构相同' ELSE '，机构不同' END AS reason_zh
FROM pairs
-- Regions number their invoices alike, so a number and an amount agree by chance; a person does not.
WHERE person OR (amount AND day AND facility)
ORDER BY claim_id_a, claim_id_b;
