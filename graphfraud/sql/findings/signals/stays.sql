-- Purpose:    the rings' stays in hospital, and how often two of others' stays there are equally
--             long.
-- Parameters: $prior: stays of all hospitals whose weight stands beside a hospital's own; reads
--             ring_facts (findings/signals/claims), claims
-- Columns:    ring, claim_id (the stay's first), person_id, facility_id, start_day, nights, alike
CREATE OR REPLACE TEMPORARY TABLE signal_stays AS
SELECT person_id, facility_id, date_trunc('day', start_time) AS start_day,
       max(date_diff('day', start_time, end_time)) AS nights, min(claim_id) AS claim_id
FROM claims
WHERE med_type = 'inpatient' AND end_time >= start_time AND refund_of IS NULL
    AND claim_id NOT IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL)
GROUP BY ALL;

WITH mine AS (
    SELECT DISTINCT f.ring, s.*
    FROM ring_facts f JOIN signal_stays s USING (person_id, facility_id, start_day)
    WHERE f.med_type = 'inpatient'
),
own AS (SELECT ring, facility_id, nights, count(*) AS stays FROM mine GROUP BY ALL),
lengths AS (SELECT facility_id, nights, count(*) AS stays FROM signal_stays GROUP BY ALL),
usual AS (
    SELECT nights, count(*)::HUGEINT AS stays, (sum(count(*)) OVER ())::HUGEINT AS total
    FROM signal_stays GROUP BY nights
),
places AS (SELECT DISTINCT ring, facility_id FROM mine),
-- Whole numbers, so that no order of adding them up matters.
laws AS (
    SELECT p.ring, p.facility_id,
        (coalesce(l.stays, 0) - coalesce(o.stays, 0)) * u.total + $prior * u.stays AS weight
    FROM places p CROSS JOIN usual u
    LEFT JOIN lengths l ON l.facility_id = p.facility_id AND l.nights = u.nights
    LEFT JOIN own o
        ON o.ring = p.ring AND o.facility_id = p.facility_id AND o.nights = u.nights
),
alike AS (
    SELECT ring, facility_id,
        sum(weight * weight)::DOUBLE / (sum(weight) * sum(weight))::DOUBLE AS alike
    FROM laws GROUP BY ring, facility_id
)
SELECT m.ring, m.claim_id, m.person_id, m.facility_id, m.start_day, m.nights::BIGINT AS nights,
       a.alike
FROM mine m JOIN alike a ON a.ring = m.ring AND a.facility_id = m.facility_id
ORDER BY m.ring, m.start_day, m.facility_id, m.claim_id;
