-- Purpose:    one row per claim that is a visit: no refund, no reimbursement by hand.
-- Parameters: {visit_claims}: claims, or claims_not_refunded where there are refunds; reads
--             event_facilities, scheduled_codes
-- Columns:    person_id VARCHAR, person_hash UBIGINT (any hash, only to find equal ids fast),
--             place INTEGER (3 × facility + kind; 0 pharmacy, 1 outpatient, 2 inpatient),
--             start BIGINT (seconds since 1970, local; an admission counts from midnight),
--             scheduled TINYINT, 0 or 1
SELECT
    c.person_id,
    hash(c.person_id) AS person_hash,
    (3 * f.facility + CASE c.med_type WHEN 'pharmacy' THEN 0 WHEN 'outpatient' THEN 1 ELSE 2 END
    )::INTEGER AS place,
    CASE c.med_type
        WHEN 'inpatient' THEN epoch_us(date_trunc('day', c.start_time)) // 1000000
        ELSE epoch_us(c.start_time) // 1000000
    END AS start,
    coalesce(c.diagnosis_code IN (SELECT diagnosis_code FROM scheduled_codes), FALSE)::TINYINT
        AS scheduled
FROM {visit_claims} AS c
INNER JOIN event_facilities AS f ON c.facility_id = f.facility_id
WHERE c.med_type <> 'manual' AND c.refund_of IS NULL;
