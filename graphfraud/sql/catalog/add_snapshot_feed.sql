-- Purpose: put one feed into a snapshot.
-- Parameters: :snapshot_id, :feed_id.
-- Columns out: none.
INSERT INTO snapshot_feeds (snapshot_id, feed_id) VALUES (:snapshot_id, :feed_id)
ON CONFLICT DO NOTHING;
