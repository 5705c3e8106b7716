-- Purpose:    settled claims with the moment of the swipe; a clock at midnight is none.
-- Parameters: $most_places: an operator id at more facilities is no one person; reads claims,
--             facility_numbers (facility_kinds)
-- Columns:    claims BIGINT, clocked BIGINT; leaves refunded_claims (claim_id), operators
--             (operator_id, number behind the facilities', kind of the facility) and timed (card: a
--             hash, facility, operator: numbers, moment: seconds), which are narrow and fast
CREATE OR REPLACE TEMPORARY TABLE refunded_claims AS
SELECT DISTINCT refund_of AS claim_id FROM claims WHERE refund_of IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE operators AS
SELECT operator_id, max(kind) AS kind,
       ((SELECT count(*) FROM facility_numbers)
           + row_number() OVER (ORDER BY operator_id) - 1)::INTEGER AS number
FROM (SELECT DISTINCT operator_id, facility_id FROM claims WHERE operator_id IS NOT NULL)
JOIN facility_numbers USING (facility_id)
GROUP BY operator_id HAVING count(*) <= $most_places;

CREATE OR REPLACE TEMPORARY TABLE timed AS
SELECT hash(c.person_id) AS card, f.number AS facility, o.number AS operator,
       epoch_us(CASE WHEN start_time <> date_trunc('day', start_time) THEN start_time
                     WHEN settle_time <> date_trunc('day', settle_time) THEN settle_time END)
           // 1000000 AS moment
FROM claims c
JOIN facility_numbers f ON f.facility_id = c.facility_id
LEFT JOIN operators o ON o.operator_id = c.operator_id
WHERE c.refund_of IS NULL AND c.med_type <> 'manual'
  AND c.claim_id NOT IN (SELECT claim_id FROM refunded_claims);

SELECT count(*) AS claims, count(moment) AS clocked FROM timed;
