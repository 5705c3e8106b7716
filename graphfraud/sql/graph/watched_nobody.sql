-- Purpose:    an empty watch list, for a part whose nodes are no parties.
-- Parameters: none
-- Columns:    (watched) watched_kind, watched_id, watch_reason, first_listed DATE
CREATE OR REPLACE TEMPORARY TABLE watched (
    watched_kind VARCHAR, watched_id VARCHAR, watch_reason VARCHAR, first_listed DATE
);
