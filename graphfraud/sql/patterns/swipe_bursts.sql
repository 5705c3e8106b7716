-- Purpose:    bursts: runs of settlements of one card with short gaps, at one facility, at one chain
--             (same legal representative or account) or under one operator.
-- Parameters: $minutes: the longest gap; $swipes: the fewest settlements of a burst; $scheduled:
--             expression of scheduled diagnoses; reads timed, operators, refunded_claims
--             (swipe_clock), claims, facilities
-- Columns:    burst BIGINT, person_id, facility_id, operator_id ('' for none), claim_id VARCHAR,
--             moment BIGINT (seconds), scheduled; one row a settlement of a burst
-- First, on narrow rows, the cards that are swiped so often within minutes anywhere: two swipes a
-- day at least, or their like on the day before or after.
CREATE OR REPLACE TEMPORARY TABLE busy_days AS
SELECT card, moment // 86400 AS day FROM timed WHERE moment IS NOT NULL
GROUP BY card, day HAVING count(*) >= 2;

CREATE OR REPLACE TEMPORARY TABLE quick_cards AS
SELECT DISTINCT card FROM (
    SELECT card, moment - lag(moment, $swipes - 1) OVER (PARTITION BY card ORDER BY moment) AS span
    FROM timed
    WHERE moment IS NOT NULL AND (
        (card, moment // 86400) IN (SELECT (card, day) FROM busy_days)
        OR (card, moment // 86400 - 1) IN (SELECT (card, day) FROM busy_days)
        OR (card, moment // 86400 + 1) IN (SELECT (card, day) FROM busy_days))
) WHERE span <= $minutes * 60 * ($swipes - 1);

WITH near AS (
    SELECT c.claim_id, c.person_id, c.facility_id, c.encounter_id, c.diagnosis_code,
           CASE WHEN start_time <> date_trunc('day', start_time) THEN start_time
                WHEN settle_time <> date_trunc('day', settle_time) THEN settle_time END AS moment,
           f.legal_rep, f.bank_account, o.operator_id AS by_whom
    FROM claims c
    LEFT JOIN facilities f ON f.facility_id = c.facility_id
    LEFT JOIN operators o ON o.operator_id = c.operator_id
    WHERE hash(c.person_id) IN (SELECT card FROM quick_cards)
      AND c.refund_of IS NULL AND c.med_type <> 'manual'
      AND c.claim_id NOT IN (SELECT claim_id FROM refunded_claims)
),
stepped AS (
    SELECT *, coalesce(
            epoch_us(moment) - epoch_us(lag(moment) OVER card) <= $minutes * 60e6
            AND (facility_id = lag(facility_id) OVER card
                 OR coalesce(legal_rep = lag(legal_rep) OVER card, FALSE)
                 OR coalesce(bank_account = lag(bank_account) OVER card, FALSE)
                 OR coalesce(by_whom = lag(by_whom) OVER card, FALSE)),
            FALSE) AS goes_on
    FROM near WHERE moment IS NOT NULL
    WINDOW card AS (PARTITION BY person_id ORDER BY moment, claim_id)
),
runs AS (
    SELECT *, sum((NOT goes_on)::INT) OVER (
            PARTITION BY person_id ORDER BY moment, claim_id ROWS UNBOUNDED PRECEDING) AS run
    FROM stepped
),
-- Parts of one visit that are billed one by one are one settlement.
long_runs AS (
    SELECT person_id, run FROM runs GROUP BY person_id, run
    HAVING count(DISTINCT coalesce(encounter_id, claim_id)) >= $swipes
)
SELECT dense_rank() OVER (ORDER BY person_id, run) AS burst, person_id, facility_id,
       coalesce(by_whom, '') AS operator_id, claim_id, epoch_us(moment) // 1000000 AS moment,
       coalesce(regexp_matches(replace(upper(diagnosis_code), '.', ''), $scheduled), FALSE)
           AS scheduled
FROM runs SEMI JOIN long_runs USING (person_id, run)
ORDER BY burst, moment, claim_id;
