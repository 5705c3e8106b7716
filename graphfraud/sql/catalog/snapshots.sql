-- Purpose: every snapshot with its feeds.
-- Parameters: none.
-- Columns out: snapshot_id, name, created_at, feed_id; oldest first, then by feed_id.
SELECT s.snapshot_id, s.name, s.created_at, f.feed_id
FROM snapshots AS s
JOIN snapshot_feeds AS f ON f.snapshot_id = s.snapshot_id
ORDER BY s.rowid, f.feed_id;
