-- purpose: which admissions of members fell on the fixed operating day for what they came for
-- parameters: $least, admissions of people of no group with that diagnosis (its category, the first
--             three characters) at that hospital; $share of them that makes a weekday fixed; reads
--             claims and the registered tables members(person_id), acts(facility_id, day)
-- columns out: person_id, facility_id, day (of the act: the admission is on it or a day off)
-- Asked for each pattern's groups, of the same admissions.
CREATE TEMPORARY TABLE IF NOT EXISTS admitted AS
SELECT person_id, facility_id, upper(left(diagnosis_code, 3)) AS category,
       start_time::DATE AS day, isodow(start_time) AS weekday
FROM claims
WHERE med_type = 'inpatient' AND diagnosis_code IS NOT NULL AND refund_of IS NULL;

WITH
-- A group must not fix the day that excuses it.
others AS (
    SELECT facility_id, category, weekday, count(DISTINCT (person_id, day)) AS cases
    FROM admitted
    WHERE person_id NOT IN (SELECT person_id FROM members)
    GROUP BY ALL
),
fixed AS (
    SELECT facility_id, category, weekday
    FROM (SELECT *, sum(cases) OVER (PARTITION BY facility_id, category) AS in_all FROM others)
    WHERE in_all >= $least AND cases >= $share * in_all
)
SELECT DISTINCT a.person_id, a.facility_id, t.day
FROM admitted a
JOIN fixed USING (facility_id, category, weekday)
JOIN acts t ON t.facility_id = a.facility_id AND abs(date_diff('day', t.day::DATE, a.day)) <= 1
WHERE a.person_id IN (SELECT person_id FROM members)
ORDER BY ALL;
