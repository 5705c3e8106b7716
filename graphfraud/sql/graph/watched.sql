-- Purpose:    who is on a watch list, and why; several entries of one party stand side by side.
-- Parameters: none; reads watchlist, entity_kinds
-- Columns:    (watched) watched_kind, watched_id, watch_reason, first_listed DATE
CREATE OR REPLACE TEMPORARY TABLE watched AS
SELECT
    k.node_kind AS watched_kind,
    w.entity_id AS watched_id,
    string_agg(DISTINCT w.reason, '; ' ORDER BY w.reason) AS watch_reason,
    min(w.listed_on) AS first_listed
FROM watchlist AS w INNER JOIN entity_kinds AS k ON w.entity_type = k.entity_type
GROUP BY ALL;
