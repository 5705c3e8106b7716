-- Purpose: name a set of feeds; a name given later replaces the one before.
-- Parameters: :snapshot_id, :name ('' leaves the name as it is), :created_at.
-- Columns out: none.
INSERT INTO snapshots (snapshot_id, name, created_at)
VALUES (:snapshot_id, :name, :created_at)
ON CONFLICT (snapshot_id) DO UPDATE SET name = excluded.name WHERE excluded.name <> '';
