-- Purpose: every feed.
-- Parameters: none.
-- Columns out: manifest, loaded_at; by feed_id.
SELECT manifest, loaded_at FROM feeds ORDER BY feed_id;
