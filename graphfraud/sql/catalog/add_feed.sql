-- Purpose: make a published feed visible, or say what it is made of now.
-- Parameters: :feed_id, :manifest (feed.json), :loaded_at.
-- Columns out: none.
INSERT INTO feeds (feed_id, manifest, loaded_at)
VALUES (:feed_id, :manifest, :loaded_at)
ON CONFLICT (feed_id) DO UPDATE SET manifest = excluded.manifest;
