-- Purpose:    who went where for which kind of care, and how often: for data without items.
-- Parameters: none; reads claims
-- Columns:    person INTEGER, place INTEGER, good INTEGER (positions in dense_persons,
--             dense_places, dense_goods; a good is a kind of care), lines INTEGER; sorted
CREATE OR REPLACE TEMPORARY TABLE dense_claims AS
SELECT claim_id, person_id, facility_id, med_type
FROM claims AS c
WHERE med_type <> 'manual' AND refund_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM claims AS r WHERE r.refund_of = c.claim_id);

CREATE OR REPLACE TEMPORARY TABLE dense_persons AS
SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1)::INTEGER AS person
FROM (SELECT DISTINCT person_id FROM dense_claims);

CREATE OR REPLACE TEMPORARY TABLE dense_places AS
SELECT facility_id, (row_number() OVER (ORDER BY facility_id) - 1)::INTEGER AS place
FROM (SELECT DISTINCT facility_id FROM dense_claims);

CREATE OR REPLACE TEMPORARY TABLE dense_goods AS
SELECT med_type AS item_code, (row_number() OVER (ORDER BY med_type) - 1)::INTEGER AS good
FROM (SELECT DISTINCT med_type FROM dense_claims);

SELECT p.person, f.place, g.good, count(*)::INTEGER AS lines
FROM dense_claims AS c
INNER JOIN dense_persons AS p ON c.person_id = p.person_id
INNER JOIN dense_places AS f ON c.facility_id = f.facility_id
INNER JOIN dense_goods AS g ON c.med_type = g.item_code
GROUP BY ALL
ORDER BY p.person, f.place, g.good;
