-- Purpose:    sums for the share of spend on resale-prone drugs; the unit is an item, x = its
--             amount, y = that amount where the drug is on the list. Squares are of at most 30
--             million yuan, which fits 64 bits and touches the error of absurd items alone.
-- Parameters: codes, names: regular expressions of item codes (upper case) and names (lower case);
--             reads peer_claims (findings/peers/patients), claim_items
-- Columns:    facility_id, n, sx, sy, sxx, sxy, syy
WITH sold AS (
    SELECT item_code, coalesce(item_name, '') AS item_name,
           regexp_matches(upper(item_code), $codes)
           OR regexp_matches(lower(coalesce(item_name, '')), $names) AS prone
    FROM (SELECT DISTINCT item_code, item_name FROM claim_items)
),
items AS (
    SELECT i.claim_id, i.amount, least(abs(i.amount), 3000000000) AS size, s.prone
    FROM claim_items i
    JOIN sold s ON s.item_code = i.item_code AND s.item_name = coalesce(i.item_name, '')
),
sums AS (
    SELECT c.facility_id, i.prone, count(*) AS n, sum(i.amount) AS amount,
           sum(i.size * i.size) AS square
    FROM items i JOIN peer_claims c USING (claim_id) GROUP BY c.facility_id, i.prone
)
SELECT facility_id, sum(n) AS n, sum(amount) AS sx,
       coalesce(sum(amount) FILTER (WHERE prone), 0) AS sy, sum(square) AS sxx,
       coalesce(sum(square) FILTER (WHERE prone), 0) AS sxy,
       coalesce(sum(square) FILTER (WHERE prone), 0) AS syy
FROM sums GROUP BY facility_id ORDER BY facility_id;
