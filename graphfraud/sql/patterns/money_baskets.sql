-- Purpose:    claims at a provider that hold the very basket which its payees bought there again
--             and again.
-- Parameters: $at_least: times that payees bought it; reads claims, claim_items and the registered
--             tables money_asked(facility_id, provider), money_payees(provider, person_id)
-- Columns:    provider, basket (a number), facility_id, claim_id, person_id, second, fund
WITH here AS (
    SELECT
        a.provider,
        c.facility_id,
        c.claim_id,
        c.person_id,
        epoch_us(coalesce(c.settle_time, c.start_time)) // 1000000 AS second,
        coalesce(c.fund_amount, c.total_amount) AS fund
    FROM claims AS c INNER JOIN money_asked AS a ON c.facility_id = a.facility_id
    WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
        AND NOT EXISTS (FROM claims AS r WHERE r.refund_of = c.claim_id)
),
baskets AS (
    SELECT
        i.claim_id,
        string_agg(i.item_code || '*' || i.quantity, ',' ORDER BY i.item_code, i.quantity) AS goods
    FROM claim_items AS i
    WHERE i.claim_id IN (SELECT claim_id FROM here)
    GROUP BY i.claim_id
),
wanted AS (
    SELECT h.provider, b.goods, dense_rank() OVER (ORDER BY h.provider, b.goods) AS basket
    FROM here AS h
    INNER JOIN baskets AS b ON h.claim_id = b.claim_id
    INNER JOIN money_payees AS p ON h.provider = p.provider AND h.person_id = p.person_id
    GROUP BY h.provider, b.goods
    HAVING count(*) >= $at_least
)
SELECT h.provider, w.basket, h.facility_id, h.claim_id, h.person_id, h.second, h.fund
FROM here AS h
INNER JOIN baskets AS b ON h.claim_id = b.claim_id
INNER JOIN wanted AS w ON h.provider = w.provider AND b.goods = w.goods
ORDER BY h.provider, w.basket, h.second, h.claim_id;
