-- purpose: pairs of claims with one invoice number, paid in different regions
-- parameters: $largest_block, claims on one invoice number beyond which it is a placeholder
-- columns out: claim_id_a, claim_id_b, kind, score, fund_amount_at_risk (fen), reason, reason_zh
CREATE OR REPLACE TEMPORARY TABLE same_invoice_numbers AS
SELECT hash(upper(trim(invoice_no))) AS number, hash(person_id) AS person,
       hash(facility_id, start_time::DATE, total_amount) AS bill
FROM claims
WHERE invoice_no IS NOT NULL AND refund_of IS NULL;

CREATE OR REPLACE TEMPORARY TABLE same_invoice_paid AS
-- Integers first, for text is dear to group: of regions' numbers, which often agree, those are left
-- under which claims agree in more, and placeholders.
WITH alike AS (
    SELECT number FROM same_invoice_numbers GROUP BY number, person HAVING count(*) > 1
    UNION
    SELECT number FROM same_invoice_numbers GROUP BY number, bill HAVING count(*) > 1
    UNION
    SELECT number FROM same_invoice_numbers GROUP BY number HAVING count(*) > $largest_block
)
SELECT claim_id, person_id, facility_id, start_time::DATE AS day, total_amount,
       coalesce(fund_amount, 0) AS fund, upper(trim(invoice_no)) AS invoice,
       coalesce(settle_region, '') AS region
FROM claims SEMI JOIN alike ON hash(upper(trim(invoice_no))) = number
WHERE invoice_no IS NOT NULL AND refund_of IS NULL
  AND claim_id NOT IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL);

WITH blocks AS (
    SELECT invoice FROM same_invoice_paid GROUP BY invoice
    HAVING count(*) BETWEEN 2 AND $largest_block AND count(DISTINCT region) > 1
),
pairs AS (
    SELECT a.claim_id AS claim_id_a, b.claim_id AS claim_id_b,
           a.region AS region_a, b.region AS region_b,
           a.person_id = b.person_id AS person, a.total_amount = b.total_amount AS amount,
           a.day = b.day AS day, a.facility_id = b.facility_id AS facility,
           least(a.fund, b.fund) AS fund_amount_at_risk
    FROM (SELECT * FROM same_invoice_paid SEMI JOIN blocks USING (invoice)) a
    JOIN same_invoice_paid b ON a.invoice = b.invoice AND a.claim_id < b.claim_id
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
