-- Purpose:    how many persons of each facility have how many settled claims there
-- Parameters: none; reads swipes (refund_loops)
-- Columns:    place VARCHAR (facility_id), exposure BIGINT (claims of a person), persons BIGINT
SELECT facility_id AS place, claims AS exposure, count(*) AS persons
FROM swipes GROUP BY facility_id, claims ORDER BY place, exposure;
