-- Purpose:    who bought which good where, and how often; goods are what pharmacies sell, or what
--             carries a traceability code, wherever it was bought. Texts are coded once: the lines
--             are then counted as whole numbers.
--             What a ward hands out is no purchase.
-- Parameters: none; reads claims, claim_items
-- Columns:    person INTEGER, place INTEGER, good INTEGER (positions in dense_persons,
--             dense_places, dense_goods, which are sorted), lines INTEGER; sorted
CREATE OR REPLACE TEMPORARY TABLE dense_claims AS
SELECT claim_id, person_id, facility_id, med_type
FROM claims AS c
WHERE med_type IN ('pharmacy', 'outpatient') AND refund_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id);

CREATE OR REPLACE TEMPORARY TABLE dense_persons AS
SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS person
FROM (SELECT DISTINCT person_id FROM dense_claims);

CREATE OR REPLACE TEMPORARY TABLE dense_places AS
SELECT facility_id, (row_number() OVER (ORDER BY facility_id) - 1)::INTEGER AS place
FROM (SELECT DISTINCT facility_id FROM dense_claims);

CREATE OR REPLACE TEMPORARY TABLE dense_goods AS
SELECT item_code, (row_number() OVER (ORDER BY item_code) - 1)::INTEGER AS good
FROM (SELECT DISTINCT item_code FROM claim_items);

WITH visits AS (
    SELECT c.claim_id, p.person, f.place, c.med_type = 'pharmacy' AS counter
    FROM dense_claims AS c
    INNER JOIN dense_persons AS p ON c.person_id = p.person_id
    INNER JOIN dense_places AS f ON c.facility_id = f.facility_id
),

bought AS MATERIALIZED (
    SELECT v.person, v.place, g.good, count(*)::INTEGER AS lines,
        bool_or(v.counter OR i.trace_code IS NOT NULL) AS sold
    FROM claim_items AS i
    INNER JOIN visits AS v ON i.claim_id = v.claim_id
    INNER JOIN dense_goods AS g ON i.item_code = g.item_code
    GROUP BY v.person, v.place, g.good
)

SELECT person, place, good, lines FROM bought
WHERE good IN (SELECT DISTINCT good FROM bought WHERE sold)
ORDER BY person, place, good;
