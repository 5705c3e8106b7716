-- Purpose:    what makes facilities peers: kind, level and area.
-- Parameters: none; reads region_areas (findings/peers/areas)
-- Columns:    facility_id, kind, level, area ('' for unknown)
SELECT f.facility_id, coalesce(f.kind, '') AS kind, coalesce(f.level, '') AS level,
       coalesce(a.area, '') AS area
FROM facilities f LEFT JOIN region_areas a ON a.region = f.region
ORDER BY f.facility_id;
