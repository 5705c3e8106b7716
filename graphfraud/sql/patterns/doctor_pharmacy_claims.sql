-- Purpose:    the claims of the sequences that decide, and whether what was bought is to be had
--             nowhere else: most of the money went to goods of which the pharmacy sells nearly all
--             that its region buys, also to persons who are not of the group.
-- Parameters: dominant DOUBLE, share of an item's buyers that makes a sole seller; reads
--             referral_claims, claim_items, facilities and referral_acts (pair, person_id,
--             doctor_id, facility_id, pharmacy_id, day TIMESTAMP), lent by the caller
-- Columns:    pair BIGINT, person_id, day TIMESTAMP, claim_id, sole BOOLEAN
WITH visits AS (
    SELECT a.pair, a.person_id, a.day, c.claim_id, FALSE AS purchase
    FROM referral_acts AS a
    INNER JOIN referral_claims AS c
        ON a.person_id = c.person_id AND a.doctor_id = c.doctor_id
        AND a.facility_id = c.facility_id AND a.day::DATE = c.start_time::DATE
    WHERE c.med_type = 'outpatient'
),
purchases AS (
    SELECT a.pair, a.person_id, a.day, c.claim_id, TRUE AS purchase, a.pharmacy_id
    FROM referral_acts AS a
    INNER JOIN referral_claims AS c
        ON a.person_id = c.person_id AND a.pharmacy_id = c.facility_id
        AND a.day::DATE = c.start_time::DATE
    WHERE c.med_type = 'pharmacy'
),
bought AS (
    SELECT p.pair, p.claim_id, p.pharmacy_id, i.item_code, sum(i.amount) AS amount
    FROM purchases AS p INNER JOIN claim_items AS i ON p.claim_id = i.claim_id
    GROUP BY ALL
),
wanted AS (SELECT DISTINCT pair, pharmacy_id, item_code FROM bought),
buyers AS (
    SELECT i.item_code, c.facility_id, f.region, c.person_id
    FROM claim_items AS i
    INNER JOIN referral_claims AS c ON i.claim_id = c.claim_id
    LEFT JOIN facilities AS f ON c.facility_id = f.facility_id
    WHERE c.med_type = 'pharmacy' AND i.item_code IN (SELECT item_code FROM wanted)
    GROUP BY ALL
),
sellers AS (
    SELECT
        w.pair,
        w.item_code,
        count(DISTINCT b.person_id) AS persons,
        count(DISTINCT b.person_id) FILTER (WHERE b.facility_id = w.pharmacy_id) AS here
    FROM wanted AS w
    INNER JOIN facilities AS f ON w.pharmacy_id = f.facility_id
    INNER JOIN buyers AS b
        ON w.item_code = b.item_code AND b.region IS NOT DISTINCT FROM f.region
    ANTI JOIN referral_acts AS a ON w.pair = a.pair AND b.person_id = a.person_id
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
