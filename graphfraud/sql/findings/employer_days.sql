-- purpose: how many colleagues of one employer were at a facility on a day when a group met there
-- parameters: none; reads the registered table acts(facility_id, day)
-- columns out: facility_id, day, employer, colleagues
WITH days AS (SELECT DISTINCT facility_id, day FROM acts)
SELECT c.facility_id, d.day, p.employer, count(DISTINCT c.person_id) AS colleagues
FROM claims c
JOIN days d ON d.facility_id = c.facility_id AND d.day = c.start_time::DATE
JOIN persons p ON p.person_id = c.person_id
WHERE p.employer IS NOT NULL AND c.med_type <> 'pharmacy'
GROUP BY ALL
ORDER BY ALL;
