-- Purpose: drop the hashes of a folder that is about to be published again.
-- Parameters: :folder.
-- Columns out: none.
DELETE FROM files WHERE folder = :folder;
