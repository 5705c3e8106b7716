-- Purpose:    every region that a person or a facility is of.
-- Parameters: none
-- Columns:    region
SELECT region FROM persons WHERE region IS NOT NULL
UNION
SELECT region FROM facilities WHERE region IS NOT NULL
ORDER BY region;
