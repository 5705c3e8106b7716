-- Purpose:    fence the connection in: local time without zones, the given folders and nothing else,
--             and no bar on standard output, which programs read.
-- Parameters: folders VARCHAR[], absolute paths
-- Columns:    none
SET TimeZone = 'UTC';
SET allowed_directories = $folders;
SET enable_progress_bar = false;
SET enable_external_access = false;
SET lock_configuration = true;
