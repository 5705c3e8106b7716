-- Purpose: the files a published folder must hold.
-- Parameters: :folder.
-- Columns out: path, sha256, size; by path.
SELECT path, sha256, size FROM files WHERE folder = :folder ORDER BY path;
