-- Purpose:    how often each basket was billed at each facility on each day: the same goods in the
--             same quantities (or, where no claim has lines, the same amount).
-- Parameters: smallest BIGINT, lines below which a basket is no template; persons BIGINT, fewer
--             persons than this on one day are not returned; by_amount BOOLEAN; reads
--             claim_items, coded_claims, facility_codes (events/coded_claims)
-- Columns:    facility_id, med_type VARCHAR, day INTEGER (since 1970), basket BIGINT, alike, seen
--             BIGINT (persons of that basket, persons × baskets of all, that day), area INTEGER
--             (kind of care × region); of that basket and of all: at_facility, all_at_facility, in_area,
--             all_in_area, anywhere, all_anywhere BIGINT; pairs, all_pairs (ordered pairs of a day,
--             in the area), own_pairs, own_all_pairs DOUBLE (of them at the facility)
CREATE OR REPLACE TEMPORARY TABLE template_claims AS
WITH
-- A sum of hashes does not know the order of lines; only equality is ever asked of it. Claims meet
-- their lines by hash as well: text is dear, and two of ten million share one once in 10^5 runs.
lines AS (
    SELECT
        hash(claim_id) AS claim,
        (sum(hash(item_code, quantity)) % 9223372036854775807)::BIGINT AS basket,
        count(*) AS lines
    FROM claim_items
    WHERE NOT $by_amount
    GROUP BY claim
)
SELECT
    c.claim_id,
    c.person,
    c.facility,
    c.doctor,
    c.med_type,
    c.diagnosis_code,
    c.day,
    CASE WHEN $by_amount THEN c.total_amount ELSE coalesce(l.basket, -1) END AS basket,
    $by_amount OR coalesce(l.lines, 0) >= $smallest AS comparable
FROM coded_claims AS c LEFT JOIN lines AS l ON hash(c.claim_id) = l.claim
WHERE c.med_type <> 'manual';

CREATE OR REPLACE TEMPORARY TABLE template_days AS
WITH persons AS (
    SELECT facility, med_type, day, basket, person, bool_or(comparable) AS comparable
    FROM template_claims
    GROUP BY ALL
)
SELECT facility, med_type, day, basket, bool_or(comparable) AS comparable, count(*) AS alike
FROM persons
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE template_totals AS
SELECT facility, med_type, day, sum(alike)::BIGINT AS seen
FROM template_days
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE template_areas AS
SELECT t.facility, f.facility_id, t.med_type,
    dense_rank() OVER (ORDER BY t.med_type, f.region)::INTEGER AS area, t.seen, t.pairs
FROM (
    SELECT facility, med_type, sum(seen)::BIGINT AS seen, sum(seen * (seen - 1.0)) AS pairs
    FROM template_totals
    GROUP BY ALL
) AS t
INNER JOIN facility_codes AS f ON t.facility = f.facility;

WITH wanted AS (
    SELECT DISTINCT med_type, basket FROM template_days WHERE comparable AND alike >= $persons
),
of_basket AS (
    SELECT d.facility, d.med_type, d.basket, a.area, sum(d.alike)::BIGINT AS persons,
        sum(d.alike * (d.alike - 1.0)) AS pairs
    FROM template_days AS d
    INNER JOIN wanted AS w ON d.med_type = w.med_type AND d.basket = w.basket
    INNER JOIN template_areas AS a ON d.facility = a.facility AND d.med_type = a.med_type
    GROUP BY ALL
),
basket_area AS (
    SELECT area, basket, sum(persons)::BIGINT AS persons, sum(pairs) AS pairs
    FROM of_basket GROUP BY ALL
),
basket_kind AS (
    SELECT med_type, basket, sum(persons)::BIGINT AS persons FROM of_basket GROUP BY ALL
),
areas AS (
    SELECT area, sum(seen)::BIGINT AS seen, sum(pairs) AS pairs FROM template_areas GROUP BY ALL
),
kinds AS (SELECT med_type, sum(seen)::BIGINT AS seen FROM template_areas GROUP BY ALL)
SELECT
    a.facility_id, d.med_type, d.day, d.basket, d.alike, t.seen, a.area,
    b.persons AS at_facility, a.seen AS all_at_facility,
    e.persons AS in_area, s.seen AS all_in_area,
    k.persons AS anywhere, n.seen AS all_anywhere,
    e.pairs AS pairs, s.pairs AS all_pairs, b.pairs AS own_pairs, a.pairs AS own_all_pairs
FROM template_days AS d
INNER JOIN template_totals AS t
    ON d.facility = t.facility AND d.med_type = t.med_type AND d.day = t.day
INNER JOIN template_areas AS a ON d.facility = a.facility AND d.med_type = a.med_type
INNER JOIN of_basket AS b
    ON d.facility = b.facility AND d.med_type = b.med_type AND d.basket = b.basket
INNER JOIN basket_area AS e ON a.area = e.area AND d.basket = e.basket
INNER JOIN areas AS s ON a.area = s.area
INNER JOIN basket_kind AS k ON d.med_type = k.med_type AND d.basket = k.basket
INNER JOIN kinds AS n ON d.med_type = n.med_type
WHERE d.comparable AND d.alike >= $persons
ORDER BY a.facility_id, d.med_type, d.basket, d.day;
