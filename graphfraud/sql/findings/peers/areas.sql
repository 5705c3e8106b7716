-- Purpose:    keeps the area of every region beside the other tables.
-- Parameters: none; reads the registered table areas(region, area)
-- Columns:    (region_areas) region, area
CREATE OR REPLACE TEMPORARY TABLE region_areas AS SELECT region, area FROM areas;
