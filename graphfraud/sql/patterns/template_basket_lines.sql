-- Purpose:    whether any claim has lines.
-- Parameters: none; reads claim_items
-- Columns:    lines BIGINT, 0 or 1
SELECT count(*) AS lines FROM (FROM claim_items LIMIT 1);
