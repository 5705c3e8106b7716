-- Purpose:    the claims of the days in question, with how much each resembles the template: lines
--             (good and quantity) in common over lines of either (Jaccard).
-- Parameters: alike DOUBLE, the least resemblance; by_amount BOOLEAN; scheduled VARCHAR, a regular
--             expression over dotless diagnosis codes; reads template_claims
--             (patterns/template_basket_days), claim_items, person_codes, facility_codes, doctor_codes
--             and template_hits (template BIGINT, facility_id, med_type, day, basket), lent by the
--             caller
-- Columns:    template BIGINT, claim_id, person_id, doctor_id VARCHAR, day INTEGER, scheduled
--             BOOLEAN, resemblance DOUBLE (1: the template itself)
WITH near_days AS (
    SELECT h.template, h.basket AS core, c.*
    FROM template_hits AS h
    INNER JOIN facility_codes AS f ON h.facility_id = f.facility_id
    INNER JOIN template_claims AS c
        ON f.facility = c.facility AND h.med_type = c.med_type AND h.day = c.day
),
models AS (
    SELECT template, min(claim_id) AS claim_id FROM near_days WHERE basket = core GROUP BY template
),
model_lines AS (
    SELECT DISTINCT m.template, i.item_code, i.quantity
    FROM models AS m INNER JOIN claim_items AS i ON m.claim_id = i.claim_id
),
sizes AS (SELECT template, count(*) AS lines FROM model_lines GROUP BY template),
claim_lines AS (
    SELECT DISTINCT d.template, d.claim_id, i.item_code, i.quantity
    FROM near_days AS d INNER JOIN claim_items AS i ON d.claim_id = i.claim_id
    WHERE d.basket <> d.core AND NOT $by_amount
        -- Of few lines, one that differs is a different basket.
        AND d.template IN (SELECT template FROM sizes WHERE lines >= 4)
),
likeness AS (
    SELECT l.template, l.claim_id, count(m.item_code) / (count(*) + any_value(s.lines) - count(m.item_code))
        AS resemblance
    FROM claim_lines AS l
    INNER JOIN sizes AS s ON l.template = s.template
    LEFT JOIN model_lines AS m
        ON l.template = m.template AND l.item_code = m.item_code AND l.quantity = m.quantity
    GROUP BY l.template, l.claim_id
),
found AS (
    SELECT
        d.template, d.claim_id, d.person, d.doctor, d.day, d.diagnosis_code,
        CASE WHEN d.basket = d.core THEN 1.0 ELSE n.resemblance END::DOUBLE AS resemblance
    FROM near_days AS d
    LEFT JOIN likeness AS n ON d.template = n.template AND d.claim_id = n.claim_id
    WHERE d.basket = d.core OR n.resemblance >= $alike
)
SELECT
    d.template, d.claim_id, p.person_id, s.doctor_id, d.day,
    regexp_matches(replace(upper(coalesce(d.diagnosis_code, '')), '.', ''), $scheduled)
        AS scheduled,
    d.resemblance
FROM found AS d
INNER JOIN person_codes AS p ON d.person = p.person
LEFT JOIN doctor_codes AS s ON d.doctor = s.doctor
ORDER BY d.template, d.day, d.person, d.claim_id;
