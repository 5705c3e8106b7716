-- Purpose:    whether any claim lines were delivered.
-- Parameters: none; reads claim_items
-- Columns:    lines INTEGER, 0 or 1
SELECT count(*)::INTEGER AS lines FROM (SELECT 1 FROM claim_items LIMIT 1);
