-- Purpose:    what the conduct signals read of the rings' claims, each claim once a ring.
-- Parameters: none; reads the registered table signal_claims(ring, event, claim_id)
-- Columns:    ring, event, claim_id, person_id, facility_id, doctor_id, operator_id, med_type,
--             start_time, start_day, total_amount, person_region, place_region ('' for unknown)
CREATE OR REPLACE TEMPORARY TABLE ring_facts AS
WITH once AS (
    SELECT ring, claim_id, min(event) AS event FROM signal_claims GROUP BY ring, claim_id
)
SELECT o.ring, o.event, c.claim_id, c.person_id, c.facility_id,
       coalesce(c.doctor_id, '') AS doctor_id, coalesce(c.operator_id, '') AS operator_id,
       c.med_type, c.start_time, date_trunc('day', c.start_time) AS start_day, c.total_amount,
       coalesce(p.region, '') AS person_region, coalesce(f.region, '') AS place_region
FROM once o
JOIN claims c USING (claim_id)
LEFT JOIN persons p ON p.person_id = c.person_id
LEFT JOIN facilities f ON f.facility_id = c.facility_id;

SELECT * FROM ring_facts ORDER BY ring, start_time, claim_id;
