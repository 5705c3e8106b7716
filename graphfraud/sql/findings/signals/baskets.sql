-- Purpose:    the basket of every claim of a ring, and what of it went to resale-prone drugs.
-- Parameters: codes, names: regular expressions of item codes (upper case) and names (lower case);
--             reads ring_facts
-- Columns:    ring, claim_id, basket, lines, spend, resale
WITH items AS (
    SELECT * FROM claim_items WHERE claim_id IN (SELECT claim_id FROM ring_facts)
),
-- Few items are distinct: the expressions are tried on those.
sold AS (
    SELECT item_code, coalesce(item_name, '') AS item_name,
           regexp_matches(upper(item_code), $codes)
           OR regexp_matches(lower(coalesce(item_name, '')), $names) AS prone
    FROM (SELECT DISTINCT item_code, item_name FROM items)
),
baskets AS (
    SELECT i.claim_id,
           string_agg(i.item_code || ' x ' || i.quantity, '; ' ORDER BY i.item_code, i.quantity)
               AS basket,
           count(*) AS lines, sum(i.amount)::BIGINT AS spend,
           coalesce(sum(i.amount) FILTER (WHERE s.prone), 0)::BIGINT AS resale
    FROM items i
    JOIN sold s ON s.item_code = i.item_code AND s.item_name = coalesce(i.item_name, '')
    GROUP BY i.claim_id
)
SELECT f.ring, b.* FROM ring_facts f JOIN baskets b USING (claim_id)
ORDER BY f.ring, f.start_time, b.claim_id;
