-- Purpose: remember the hash of one published file.
-- Parameters: :folder, :path, :sha256, :size (bytes).
-- Columns out: none.
INSERT INTO files (folder, path, sha256, size) VALUES (:folder, :path, :sha256, :size);
