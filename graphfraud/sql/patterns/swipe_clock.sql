-- Purpose:    settled claims with the moment of the swipe; a clock at midnight is none.
-- Parameters: none; reads claims, facilities
-- Columns:    claims BIGINT, clocked BIGINT; leaves timed (claim_id, person_id, facility_id,
--             operator_id, encounter_id, diagnosis_code, moment) of claims with a clock
CREATE OR REPLACE TEMPORARY TABLE timed AS
SELECT claim_id, person_id, facility_id, operator_id, encounter_id, diagnosis_code,
       CASE WHEN start_time <> date_trunc('day', start_time) THEN start_time
            WHEN settle_time <> date_trunc('day', settle_time) THEN settle_time END AS moment
FROM claims c
WHERE refund_of IS NULL AND med_type <> 'manual'
  AND NOT EXISTS (FROM claims r WHERE r.refund_of = c.claim_id);

SELECT count(*) AS claims, count(moment) AS clocked FROM timed;
