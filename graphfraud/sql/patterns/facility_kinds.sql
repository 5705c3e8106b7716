-- Purpose:    what kind of place each facility is: who its peers are
-- Parameters: none; reads facilities
-- Columns:    facility_id, kind, level, region VARCHAR ('' where unknown), in order of the ids
SELECT facility_id, coalesce(kind, '') AS kind, coalesce(level, '') AS level,
       coalesce(region, '') AS region
FROM facilities ORDER BY facility_id;
