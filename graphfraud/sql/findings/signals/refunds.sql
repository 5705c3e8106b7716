-- Purpose:    the members' claims at the ring's places that were refunded.
-- Parameters: none; reads member_claims (findings/signals/own), claims
-- Columns:    ring, claim_id
SELECT m.ring, m.claim_id
FROM member_claims m
WHERE m.at_place AND m.claim_id IN (SELECT refund_of FROM claims WHERE refund_of IS NOT NULL)
ORDER BY m.ring, m.start_time, m.claim_id;
