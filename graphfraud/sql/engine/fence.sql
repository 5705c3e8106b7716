-- Purpose:    fence the connection in: local time without zones, the given folders and nothing else.
-- Parameters: folders VARCHAR[], absolute paths
-- Columns:    none
SET TimeZone = 'UTC';
SET allowed_directories = $folders;
SET enable_external_access = false;
SET lock_configuration = true;
