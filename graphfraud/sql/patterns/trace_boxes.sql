-- Purpose:    boxes whose trace code stands on several settled claims, and how many lines each
--             facility traces; what cannot be one box is set apart.
-- Parameters: $largest_block: a code on more claims is a placeholder; reads claims, claim_items,
--             facility_numbers (facility_kinds)
-- Columns:    place INTEGER (facility number), traced BIGINT (lines with a code), in order;
--             leaves box_events: code, claim_id, … one row per box and claim, for the next steps
-- Few codes come twice: they are found by their hash, on narrow rows.
CREATE OR REPLACE TEMPORARY TABLE repeated_hashes AS
SELECT hash(upper(trim(trace_code))) AS h
FROM claim_items WHERE trace_code IS NOT NULL
GROUP BY h HAVING count(*) > 1;

CREATE OR REPLACE TEMPORARY TABLE repeated_lines AS
SELECT upper(trim(trace_code)) AS code, claim_id, item_code, quantity::DOUBLE AS quantity, amount,
       coalesce(unit_price, amount / nullif(quantity::DOUBLE, 0)) AS price
FROM claim_items
WHERE trace_code IS NOT NULL AND hash(upper(trim(trace_code))) IN (SELECT h FROM repeated_hashes);

-- A code of one physical box has a serial number: eight places at least, no single repeated
-- character, some digit. Thirteen digits from 690 on are the product's bar code, on every box alike.
CREATE OR REPLACE TEMPORARY TABLE repeated_codes AS
SELECT code, count(DISTINCT claim_id) AS claims,
       length(code) < 8 OR replace(code, left(code, 1), '') = '' OR NOT regexp_matches(code, '[0-9]')
           OR regexp_full_match(code, '69[0-9]{11}') AS malformed,
       claims > $largest_block AS crowded
FROM repeated_lines GROUP BY code HAVING count(DISTINCT claim_id) > 1;

-- What a whole pack of these goods costs: the mean of the lines of at least one pack.
CREATE OR REPLACE TEMPORARY TABLE pack_prices AS
SELECT item_code, avg(coalesce(unit_price, (amount / quantity::DOUBLE)::BIGINT)) AS pack_price
FROM claim_items
WHERE trace_code IS NOT NULL AND quantity >= 1
  AND item_code IN (SELECT item_code FROM repeated_lines)
GROUP BY item_code;

CREATE OR REPLACE TEMPORARY TABLE settled_claims AS
SELECT claim_id, person_id, facility_id, start_time, settle_time, total_amount, fund_amount,
       encounter_id
FROM claims
WHERE refund_of IS NULL AND claim_id IN (SELECT claim_id FROM repeated_lines)
  AND claim_id NOT IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL);

CREATE OR REPLACE TEMPORARY TABLE box_events AS
SELECT l.code, l.claim_id, c.person_id, c.facility_id, c.start_time, c.settle_time, c.encounter_id,
       min(l.item_code) AS item_code, sum(l.amount) AS amount,
       sum(l.amount) < 0 OR sum(l.quantity) < 0 AS returned,
       -- A split pack shows in the quantity, or in a price far below the pack's.
       least(sum(l.quantity), coalesce(sum(l.amount / nullif(p.pack_price, 0)), sum(l.quantity)))
           AS packs,
       (max(coalesce(c.fund_amount, 0))::HUGEINT * greatest(sum(l.amount), 0)
           // nullif(max(c.total_amount), 0))::BIGINT AS fund
FROM repeated_lines l
JOIN (FROM repeated_codes WHERE NOT malformed AND NOT crowded) USING (code)
JOIN settled_claims c USING (claim_id)
LEFT JOIN pack_prices p ON p.item_code = l.item_code
GROUP BY ALL;

-- Lines and claims meet by the hash of the claim's id: a chance hit in so many moves no rate.
WITH shops AS (
    SELECT hash(c.claim_id) AS h, f.number
    FROM claims c JOIN facility_numbers f ON f.facility_id = c.facility_id
    WHERE c.refund_of IS NULL
),
lines AS (SELECT hash(claim_id) AS h FROM claim_items WHERE trace_code IS NOT NULL)
SELECT s.number AS place, count(*) AS traced
FROM lines l JOIN shops s ON s.h = l.h
GROUP BY s.number ORDER BY s.number;
