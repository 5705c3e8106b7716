-- Purpose:    the purchases that a block is counted from.
-- Parameters: scheduled VARCHAR[], how dotless diagnosis codes of scheduled treatments begin;
--             {sales}: claim_items, or dense_visits where there are no items; reads dense_units
--             (block, unit, person, place, good: whole numbers), claims, dense_claims,
--             dense_persons, dense_places, dense_goods
-- Columns:    block INTEGER, unit INTEGER, claim_id, person_id, facility_id, day TIMESTAMP (of
--             midnight), scheduled BOOLEAN; sorted by block, day, claim_id, unit
WITH near AS (
    SELECT DISTINCT c.claim_id, c.person_id, c.facility_id, p.person, f.place
    FROM dense_claims AS c
    INNER JOIN dense_persons AS p ON c.person_id = p.person_id
    INNER JOIN dense_places AS f ON c.facility_id = f.facility_id
    SEMI JOIN dense_units AS u ON p.person = u.person AND f.place = u.place
),

bought AS (
    SELECT DISTINCT n.claim_id, n.person_id, n.facility_id, n.person, n.place, g.good
    FROM {sales} AS i
    INNER JOIN near AS n ON i.claim_id = n.claim_id
    INNER JOIN dense_goods AS g ON i.item_code = g.item_code
)

SELECT u.block, u.unit, b.claim_id, b.person_id, b.facility_id,
    date_trunc('day', c.start_time) AS day,
    coalesce(list_bool_or([
        starts_with(replace(upper(c.diagnosis_code), '.', ''), code) FOR code IN $scheduled
    ]), FALSE) AS scheduled
FROM bought AS b
INNER JOIN dense_units AS u ON b.person = u.person AND b.place = u.place AND b.good = u.good
INNER JOIN claims AS c ON b.claim_id = c.claim_id
ORDER BY u.block, day, b.claim_id, u.unit;
