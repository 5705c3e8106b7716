-- Purpose:    what kind of place each facility is: who its peers are
-- Parameters: none; reads facilities
-- Columns:    facility_id, kind, level, region VARCHAR ('' where unknown), in order of the ids;
--             leaves facility_numbers (facility_id, number INTEGER, its position in that order)
CREATE OR REPLACE TEMPORARY TABLE facility_numbers AS
SELECT facility_id, (row_number() OVER (ORDER BY facility_id) - 1)::INTEGER AS number,
       coalesce(kind, '') AS kind
FROM facilities;

SELECT facility_id, coalesce(kind, '') AS kind, coalesce(level, '') AS level,
       coalesce(region, '') AS region
FROM facilities ORDER BY facility_id;
