-- Purpose: every published folder.
-- Parameters: none.
-- Columns out: folder; sorted.
SELECT DISTINCT folder FROM files ORDER BY folder;
