-- purpose: which admissions of members continue a treatment: the same person came to that hospital
--             for the same within a month before, and had not been there for it the month before that
-- parameters: $days, how long after a first admission another one is its continuation; reads admitted
--             (findings/admitted) and the registered tables members(person_id), acts(facility_id, day)
-- columns out: person_id, facility_id, day (of the act: the admission is on it or a day off)
WITH stays AS (
    SELECT DISTINCT person_id, facility_id, category, day
    FROM admitted
    WHERE person_id IN (SELECT person_id FROM members)
),
dated AS (
    SELECT *, day - lag(day) OVER (
        PARTITION BY person_id, facility_id, category ORDER BY day
    ) AS since
    FROM stays
),
firsts AS (SELECT * FROM dated WHERE since IS NULL OR since > $days)
SELECT DISTINCT s.person_id, s.facility_id, t.day
FROM stays s
JOIN firsts f ON f.person_id = s.person_id AND f.facility_id = s.facility_id
             AND f.category = s.category AND s.day > f.day AND s.day <= f.day + $days::INTEGER
JOIN acts t ON t.facility_id = s.facility_id AND abs(date_diff('day', t.day::DATE, s.day)) <= 1
ORDER BY ALL;
