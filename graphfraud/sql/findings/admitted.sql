-- purpose: who was admitted where, when and for what, by the category of the diagnosis (its first
--             three characters); refunds left out
-- parameters: none; reads claims
-- columns: (admitted) person_id, facility_id, category, day, weekday (1 is Monday)
CREATE TEMPORARY TABLE IF NOT EXISTS admitted AS
SELECT person_id, facility_id, upper(left(diagnosis_code, 3)) AS category,
       start_time::DATE AS day, isodow(start_time) AS weekday
FROM claims
WHERE med_type = 'inpatient' AND diagnosis_code IS NOT NULL AND refund_of IS NULL;
