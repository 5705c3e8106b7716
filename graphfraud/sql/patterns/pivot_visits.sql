-- Purpose:    days on which each person was at each facility; and the holders' own, with claims.
-- Parameters: $scheduled: regular expression over dotless codes of scheduled treatments; reads
--             claims, persons and the registered table pivot_people(person_id)
-- Columns:    person_id, facility_id, day (seconds), scheduled, claims (ids): the holders' visits
CREATE OR REPLACE TEMPORARY TABLE pivot_been AS
SELECT
    c.person_id,
    c.facility_id,
    any_value(f.kind) AS kind,
    least(count(DISTINCT c.start_time::DATE), 255)::UTINYINT AS days
FROM claims AS c INNER JOIN facilities AS f ON c.facility_id = f.facility_id
WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
    AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id)
GROUP BY c.person_id, c.facility_id;

CREATE OR REPLACE TEMPORARY TABLE pivot_strata AS
WITH kinds AS (SELECT DISTINCT kind FROM pivot_been),
habits AS (
    SELECT person_id, kind, floor(log2(1 + sum(days)))::INTEGER AS habit
    FROM pivot_been GROUP BY person_id, kind
)
SELECT
    p.person_id,
    k.kind,
    coalesce(p.region, '') AS region,
    regexp_replace(coalesce(trim(p.address), ''), '[0-9]', '', 'g') AS place,
    coalesce(h.habit, 0) AS habit
FROM persons AS p CROSS JOIN kinds AS k
LEFT JOIN habits AS h ON p.person_id = h.person_id AND k.kind = h.kind;

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
    AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id)
    AND c.person_id IN (SELECT person_id FROM pivot_people)
GROUP BY ALL
ORDER BY ALL;
