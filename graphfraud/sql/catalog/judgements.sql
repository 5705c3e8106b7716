-- Purpose: every judgement.
-- Parameters: none.
-- Columns out: ring_id, run_id, verdict, reason, members, judged_by, judged_at; newest first.
SELECT ring_id, run_id, verdict, reason, members, judged_by, judged_at
FROM judgements
ORDER BY judgement_number DESC;
