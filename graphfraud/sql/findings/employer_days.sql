-- purpose: how many colleagues of one employer were at a facility on a day when a group met there
-- parameters: none; reads the registered tables members(person_id), acts(facility_id, day)
-- columns out: facility_id, day, employer (of those that members have), colleagues
WITH days AS (SELECT DISTINCT facility_id, day FROM acts),
asked AS (
    SELECT trim(employer) AS employer FROM persons SEMI JOIN members USING (person_id)
),
staff AS (SELECT person_id, employer FROM persons SEMI JOIN asked USING (employer)),
present AS MATERIALIZED (
    SELECT c.facility_id, c.person_id, c.start_time::DATE AS day
    FROM claims c SEMI JOIN staff USING (person_id)
    WHERE c.med_type <> 'pharmacy'
)
SELECT p.facility_id, d.day, s.employer, count(DISTINCT p.person_id) AS colleagues
FROM present p
JOIN days d ON d.facility_id = p.facility_id AND d.day = p.day
JOIN staff s ON s.person_id = p.person_id
GROUP BY ALL
ORDER BY ALL;
