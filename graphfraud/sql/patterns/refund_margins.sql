-- Purpose:    how many persons of each facility have how many settled claims there
-- Parameters: none; reads claims, facility_numbers (facility_kinds)
-- Columns:    place INTEGER (facility number), exposure BIGINT (claims of a person), persons BIGINT;
--             leaves swipes (place, card, claims): card is a hash, which keeps the rows narrow
CREATE OR REPLACE TEMPORARY TABLE swipes AS
SELECT f.number AS place, hash(c.person_id) AS card, count(*) AS claims
FROM claims c JOIN facility_numbers f ON f.facility_id = c.facility_id
WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
GROUP BY f.number, hash(c.person_id);

SELECT place, claims AS exposure, count(*) AS persons
FROM swipes GROUP BY place, claims ORDER BY place, exposure;
