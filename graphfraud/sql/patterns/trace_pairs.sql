-- Purpose:    consecutive sales of one box, in time order, with the verdict on each pair
-- Parameters: $carry_hours: sooner elsewhere, no box was carried; $scan_minutes: sooner at the same
--             place, a slip of the scanner; reads box_events (trace_boxes), claims
-- Columns:    code, number (of the pair), claim_id_a, claim_id_b, person_a, person_b, facility_a,
--             facility_b, day_a, day_b (seconds of midnight of the sales), hours (between them),
--             verdict (same_facility | far_apart | close_in_time | mis_scan | split_pack | returned
--             | same_visit), same_item, fund_amount_at_risk (fen), score, reason, reason_zh
WITH timed AS (
    SELECT *, coalesce(
            CASE WHEN start_time <> date_trunc('day', start_time) THEN start_time END,
            CASE WHEN settle_time <> date_trunc('day', settle_time) THEN settle_time END
        ) AS clock,
        coalesce(clock, start_time) AS moment
    FROM box_events
),
chained AS (
    SELECT *,
        row_number() OVER box AS number,
        -- Packs sold since the box was opened: what is left of one pack may still be sold.
        sum(packs) OVER (box ROWS UNBOUNDED PRECEDING) AS sold,
        lag(claim_id) OVER box AS before_claim, lag(person_id) OVER box AS before_person,
        lag(facility_id) OVER box AS before_facility, lag(moment) OVER box AS before_moment,
        lag(clock) OVER box AS before_clock, lag(returned) OVER box AS before_returned,
        lag(item_code) OVER box AS before_item, lag(fund) OVER box AS before_fund,
        lag(encounter_id) OVER box AS before_encounter
    FROM timed
    WINDOW box AS (PARTITION BY code ORDER BY moment, claim_id)
),
pairs AS (
    SELECT *,
        facility_id = before_facility AS home,
        person_id = before_person AS own,
        coalesce(item_code = before_item, FALSE) AS same_item,
        -- Without a clock on both sides, a day is a day: the same one is close, the next is not.
        CASE WHEN clock IS NOT NULL AND before_clock IS NOT NULL
            THEN (epoch_us(moment) - epoch_us(before_moment)) / 3600e6
            ELSE 24.0 * date_diff('day', before_moment, moment) END AS hours
    FROM chained WHERE before_claim IS NOT NULL AND NOT returned
),
judged AS (
    SELECT *, CASE
            WHEN before_returned THEN 'returned'
            WHEN own AND home AND coalesce(encounter_id = before_encounter, FALSE) THEN 'same_visit'
            WHEN sold <= 1.05 THEN 'split_pack'
            WHEN home AND hours * 60 <= $scan_minutes THEN 'mis_scan'
            WHEN home THEN 'same_facility'
            WHEN hours < $carry_hours THEN 'close_in_time'
            ELSE 'far_apart' END AS verdict
    FROM pairs
)
SELECT code, number, before_claim AS claim_id_a, claim_id AS claim_id_b,
    before_person AS person_a, person_id AS person_b,
    before_facility AS facility_a, facility_id AS facility_b,
    epoch_us(date_trunc('day', before_moment)) // 1000000 AS day_a,
    epoch_us(date_trunc('day', moment)) // 1000000 AS day_b,
    hours::DOUBLE AS hours, verdict, same_item,
    greatest(least(coalesce(fund, 0), coalesce(before_fund, 0)), 0) AS fund_amount_at_risk,
    0.5 + 0.2 * same_item::INT + 0.15 * (NOT own)::INT + 0.15 * (verdict <> 'mis_scan')::INT AS score,
    'one box (trace code) settled twice, '
        || CASE verdict WHEN 'mis_scan' THEN 'at one facility within minutes'
            WHEN 'same_facility' THEN 'at one facility'
            WHEN 'close_in_time' THEN 'at two facilities sooner than a box is carried'
            ELSE 'at two facilities' END
        || CASE WHEN hours < 48 THEN ', ' || round(hours, 1) || ' hours apart'
            ELSE ', ' || floor(hours / 24)::INT || ' days apart' END
        || CASE WHEN own THEN ', same person' ELSE ', different person' END
        || CASE WHEN same_item THEN ', same drug' ELSE ', different drug' END AS reason,
    '同一盒药（追溯码）结算两次，'
        || CASE verdict WHEN 'mis_scan' THEN '同一机构，间隔数分钟'
            WHEN 'same_facility' THEN '同一机构'
            WHEN 'close_in_time' THEN '两家机构，间隔短于实物流转所需时间'
            ELSE '两家机构' END
        || CASE WHEN hours < 48 THEN '，相隔 ' || round(hours, 1) || ' 小时'
            ELSE '，相隔 ' || floor(hours / 24)::INT || ' 天' END
        || CASE WHEN own THEN '，参保人相同' ELSE '，参保人不同' END
        || CASE WHEN same_item THEN '，药品相同' ELSE '，药品不同' END AS reason_zh
FROM judged
ORDER BY code, number;
