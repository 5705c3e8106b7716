-- Purpose:    days on which each person was at each facility; and the holders' own, with claims.
-- Parameters: $scheduled: regular expression over dotless codes of scheduled treatments; reads
--             claims, persons, coded_claims with its codes (events/coded_claims) and the registered
--             table pivot_people(person_id)
-- Columns:    person_id, facility_id, day (seconds), scheduled, claims (ids): the holders' visits
CREATE OR REPLACE TEMPORARY TABLE pivot_been AS
SELECT b.person, b.facility, f.kind, b.days
FROM (
    SELECT person, facility, least(count(DISTINCT day), 255)::UTINYINT AS days
    FROM coded_claims
    WHERE med_type <> 'manual'
    GROUP BY person, facility
) AS b
INNER JOIN facility_codes AS f ON b.facility = f.facility;

CREATE OR REPLACE TEMPORARY TABLE pivot_strata AS
WITH kinds AS (SELECT DISTINCT kind FROM pivot_been),
habits AS (
    SELECT person, kind, floor(log2(1 + sum(days)))::INTEGER AS habit
    FROM pivot_been GROUP BY person, kind
),
homes AS (
    SELECT
        c.person,
        coalesce(p.region, '') AS region,
        regexp_replace(coalesce(trim(p.address), ''), '[0-9]', '', 'g') AS place
    FROM persons AS p INNER JOIN person_codes AS c ON p.person_id = c.person_id
)
SELECT p.person, k.kind, p.region, p.place, coalesce(h.habit, 0) AS habit
FROM homes AS p CROSS JOIN kinds AS k
LEFT JOIN habits AS h ON p.person = h.person AND k.kind = h.kind;

CREATE OR REPLACE TEMPORARY TABLE pivot_holding AS
SELECT c.person FROM person_codes AS c SEMI JOIN pivot_people AS p ON c.person_id = p.person_id;

SELECT
    c.person_id,
    c.facility_id,
    epoch_us(date_trunc('day', c.start_time)) // 1000000 AS day,
    bool_and(coalesce(
        regexp_matches(upper(replace(c.diagnosis_code, '.', '')), $scheduled), FALSE
    )) AS scheduled,
    list(c.claim_id ORDER BY c.claim_id) AS claims
FROM claims AS c
WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
    AND c.claim_id NOT IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL)
    AND c.person_id IN (SELECT person_id FROM pivot_people)
GROUP BY ALL
ORDER BY ALL;
