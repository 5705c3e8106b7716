-- Purpose: keep what a person says of a ring.
-- Parameters: :ring_id, :run_id, :verdict, :reason, :members (JSON), :judged_by, :judged_at.
-- Columns out: none.
INSERT INTO judgements (ring_id, run_id, verdict, reason, members, judged_by, judged_at)
VALUES (:ring_id, :run_id, :verdict, :reason, :members, :judged_by, :judged_at);
