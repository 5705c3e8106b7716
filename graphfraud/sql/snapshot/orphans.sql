-- Purpose:    lines of a claim that is not in the snapshot: nowhere at all, or itself in conflict.
-- Parameters: none; reads claims, claims_rows, claim_items_rows
-- Columns:    into excluded
INSERT INTO excluded
WITH orphans AS (
    SELECT i.claim_id, i.feed_id, i.record_no
    FROM claim_items_rows AS i ANTI JOIN claims AS c ON i.claim_id = c.claim_id
    ANTI JOIN (FROM excluded WHERE table_name = 'claim_items') AS x USING (feed_id, record_no)
),
delivered AS (
    SELECT DISTINCT c.claim_id
    FROM claims_rows AS c SEMI JOIN orphans ON c.claim_id = orphans.claim_id
)
SELECT
    'claim_items', o.feed_id, o.record_no,
    CASE WHEN d.claim_id IS NULL THEN 'missing_reference' ELSE 'conflict' END
FROM orphans AS o LEFT JOIN delivered AS d ON o.claim_id = d.claim_id;
