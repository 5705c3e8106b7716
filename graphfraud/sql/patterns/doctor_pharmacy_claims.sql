-- Purpose:    the claims of the sequences that decide, and whether what was bought is to be had
--             nowhere else: most of the money went to goods of which the pharmacy sells nearly all
--             that its region buys, also to persons who are not of the group.
-- Parameters: dominant DOUBLE, share of an item's buyers that makes a sole seller; reads
--             coded_claims with its codes (events/coded_claims), claim_items and referral_acts
--             (pair, person_id, doctor_id, facility_id, pharmacy_id, day TIMESTAMP), lent by the
--             caller
-- Columns:    pair BIGINT, person_id, day TIMESTAMP, claim_id, sole BOOLEAN
WITH acts AS (
    SELECT
        a.pair, a.person_id, p.person, d.doctor, f.facility, h.facility AS pharmacy, h.region,
        a.day, (a.day::DATE - DATE '1970-01-01')::INTEGER AS number
    FROM referral_acts AS a
    INNER JOIN person_codes AS p ON a.person_id = p.person_id
    INNER JOIN doctor_codes AS d ON a.doctor_id = d.doctor_id
    INNER JOIN facility_codes AS f ON a.facility_id = f.facility_id
    INNER JOIN facility_codes AS h ON a.pharmacy_id = h.facility_id
),
visits AS (
    SELECT a.pair, a.person_id, a.day, c.claim_id
    FROM acts AS a
    INNER JOIN coded_claims AS c
        ON a.person = c.person AND a.doctor = c.doctor
        AND a.facility = c.facility AND a.number = c.day
    WHERE c.med_type = 'outpatient'
),
purchases AS (
    SELECT a.pair, a.person_id, a.day, c.claim_id, a.pharmacy, a.region
    FROM acts AS a
    INNER JOIN coded_claims AS c
        ON a.person = c.person AND a.pharmacy = c.facility AND a.number = c.day
    WHERE c.med_type = 'pharmacy'
),
bought AS (
    SELECT p.pair, p.claim_id, p.pharmacy, p.region, i.item_code, sum(i.amount) AS amount
    FROM purchases AS p INNER JOIN claim_items AS i ON p.claim_id = i.claim_id
    GROUP BY ALL
),
wanted AS (SELECT DISTINCT pair, pharmacy, region, item_code FROM bought),
buyers AS (
    SELECT i.item_code, c.facility, f.region, c.person
    FROM claim_items AS i
    INNER JOIN coded_claims AS c ON i.claim_id = c.claim_id
    INNER JOIN facility_codes AS f ON c.facility = f.facility
    WHERE c.med_type = 'pharmacy' AND i.item_code IN (SELECT item_code FROM wanted)
    GROUP BY ALL
),
sellers AS (
    SELECT
        w.pair,
        w.item_code,
        count(DISTINCT b.person) AS persons,
        count(DISTINCT b.person) FILTER (WHERE b.facility = w.pharmacy) AS here
    FROM wanted AS w
    INNER JOIN buyers AS b
        ON w.item_code = b.item_code AND b.region IS NOT DISTINCT FROM w.region
    ANTI JOIN acts AS a ON w.pair = a.pair AND b.person = a.person
    GROUP BY w.pair, w.item_code
),
sole AS (
    SELECT b.pair, b.claim_id
    FROM bought AS b LEFT JOIN sellers AS s ON b.pair = s.pair AND b.item_code = s.item_code
    GROUP BY b.pair, b.claim_id
    HAVING 2 * sum(b.amount) FILTER (WHERE s.persons >= 5 AND s.here >= $dominant * s.persons)
        > sum(b.amount)
)
SELECT DISTINCT p.pair, p.person_id, p.day, p.claim_id, s.claim_id IS NOT NULL AS sole
FROM (
    SELECT pair, person_id, day, claim_id FROM visits
    UNION ALL SELECT pair, person_id, day, claim_id FROM purchases
) AS p
LEFT JOIN sole AS s ON p.pair = s.pair AND p.claim_id = s.claim_id
ORDER BY p.pair, p.person_id, p.day, p.claim_id;
