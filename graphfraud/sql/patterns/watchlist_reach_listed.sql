-- Purpose:    how many entities the watch list names.
-- Parameters: none; reads watchlist
-- Columns:    listed BIGINT
SELECT count(*) AS listed FROM (SELECT DISTINCT entity_type, entity_id FROM watchlist);
