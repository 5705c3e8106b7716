-- purpose: which admissions of members fell on the fixed operating day for what they came for
-- parameters: $least, admissions of people of no group with that diagnosis (its category, the first
--             three characters) at that hospital; $share of them that makes a weekday fixed; reads
--             admitted (findings/admitted) and the registered tables members(person_id), acts(facility_id, day)
-- columns out: person_id, facility_id, day (of the act: the admission is on it or a day off)
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
