-- purpose: which visits of members fell on the fixed clinic day of the doctor they saw
-- parameters: $least, visits a doctor must have had; $share of them that makes a weekday fixed; reads
--             claims and the registered tables members(person_id), acts(facility_id, day)
-- columns out: person_id, facility_id, day
WITH seen AS (
    SELECT person_id, facility_id, doctor_id, start_time::DATE AS day,
           isodow(start_time) AS weekday
    FROM claims
    WHERE med_type = 'outpatient' AND doctor_id IS NOT NULL AND refund_of IS NULL
),
weekdays AS (SELECT doctor_id, weekday, count(*) AS visits FROM seen GROUP BY ALL),
fixed AS (
    SELECT doctor_id, weekday
    FROM (SELECT *, sum(visits) OVER (PARTITION BY doctor_id) AS in_all FROM weekdays)
    WHERE in_all >= $least AND visits >= $share * in_all
)
SELECT DISTINCT person_id, facility_id, day
FROM seen JOIN fixed USING (doctor_id, weekday)
WHERE person_id IN (SELECT person_id FROM members)
  AND (facility_id, day) IN (SELECT (facility_id, day) FROM acts)
ORDER BY ALL;
