-- Purpose:    bursts: runs of settlements of one card with short gaps, at one facility, at one chain
--             (same legal representative or account) or under one operator.
-- Parameters: $minutes: the longest gap; $swipes: the fewest settlements of a burst; $scheduled:
--             expression of scheduled diagnoses; $most_places: an operator id at more facilities is
--             no one person; reads timed (swipe_clock), facilities
-- Columns:    burst BIGINT, person_id, facility_id, operator_id ('' for none), claim_id VARCHAR,
--             moment BIGINT (seconds), scheduled; one row a settlement of a burst;
--             leaves operators (operator_id)
CREATE OR REPLACE TEMPORARY TABLE operators AS
SELECT operator_id FROM timed WHERE operator_id IS NOT NULL
GROUP BY operator_id HAVING count(DISTINCT facility_id) <= $most_places;

-- Three swipes within minutes lie on one day or on two: only cards with two a day can have them.
CREATE OR REPLACE TEMPORARY TABLE busy_days AS
SELECT person_id, moment::DATE AS day FROM timed WHERE moment IS NOT NULL
GROUP BY person_id, day HAVING count(*) >= 2;

CREATE OR REPLACE TEMPORARY TABLE near_days AS
SELECT DISTINCT person_id, (day + shift)::DATE AS day FROM busy_days, (VALUES (-1), (0), (1)) s(shift);

WITH near AS (
    SELECT t.*, f.legal_rep, f.bank_account, o.operator_id AS by_whom
    FROM timed t
    SEMI JOIN near_days n ON n.person_id = t.person_id AND n.day = t.moment::DATE
    LEFT JOIN facilities f ON f.facility_id = t.facility_id
    LEFT JOIN operators o ON o.operator_id = t.operator_id
    WHERE t.moment IS NOT NULL
),
stepped AS (
    SELECT *, coalesce(
            epoch_us(moment) - epoch_us(lag(moment) OVER card) <= $minutes * 60e6
            AND (facility_id = lag(facility_id) OVER card
                 OR coalesce(legal_rep = lag(legal_rep) OVER card, FALSE)
                 OR coalesce(bank_account = lag(bank_account) OVER card, FALSE)
                 OR coalesce(by_whom = lag(by_whom) OVER card, FALSE)),
            FALSE) AS goes_on
    FROM near WINDOW card AS (PARTITION BY person_id ORDER BY moment, claim_id)
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
