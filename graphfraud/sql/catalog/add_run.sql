-- Purpose: make a published run visible.
-- Parameters: :run_id, :snapshot_id, :parameters (JSON), :seed, :tool_version, :result_hash, :created_at.
-- Columns out: none.
INSERT INTO runs (
    run_id, snapshot_id, parameters, seed, tool_version, result_hash, created_at
)
VALUES (:run_id, :snapshot_id, :parameters, :seed, :tool_version, :result_hash, :created_at)
ON CONFLICT (run_id) DO NOTHING;
