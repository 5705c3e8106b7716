-- Purpose: every run.
-- Parameters: none.
-- Columns out: run_id, snapshot_id, parameters, seed, tool_version, result_hash, created_at; newest first.
SELECT run_id, snapshot_id, parameters, seed, tool_version, result_hash, created_at
FROM runs
ORDER BY run_number DESC;
