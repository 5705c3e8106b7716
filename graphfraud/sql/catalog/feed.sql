-- Purpose: one feed.
-- Parameters: :feed_id.
-- Columns out: manifest, loaded_at.
SELECT manifest, loaded_at FROM feeds WHERE feed_id = :feed_id;
