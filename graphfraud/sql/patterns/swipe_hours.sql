-- Purpose:    at which hour of the day each facility and each operator settles how much
-- Parameters: none; reads timed (swipe_clock), operators (swipe_bursts), facilities
-- Columns:    place_type, place, kind VARCHAR (of the facility; an operator's: the last by name),
--             quarter BIGINT (of an hour, of the day), claims BIGINT
WITH clocked AS (
    SELECT t.facility_id, t.operator_id, coalesce(f.kind, '') AS kind,
           (hour(moment) * 60 + minute(moment)) // 15 AS quarter
    FROM timed t LEFT JOIN facilities f ON f.facility_id = t.facility_id
    WHERE moment IS NOT NULL
)
SELECT 'facility' AS place_type, facility_id AS place, kind, quarter, count(*) AS claims
FROM clocked GROUP BY facility_id, kind, quarter
UNION ALL
SELECT 'operator', operator_id, max(kind), quarter, count(*)
FROM clocked SEMI JOIN operators USING (operator_id) GROUP BY operator_id, quarter
ORDER BY place_type, place, quarter;
