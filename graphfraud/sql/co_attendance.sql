-- Purpose:    who was there together: the compiled kernel (engine/co_attendance.py) in SQL, its oracle
--             and its form for engines that only know SQL.
-- Parameters: at_least INTEGER, joint days below which a pair is not told; reads windowed_events:
--             person, place (facility × kind of care), start (seconds since 1970), stratum,
--             window_s (how long after it others may come and still meet it; negative: no one)
-- Columns:    a, b (persons, a < b), days: on how many days of a's visits the two met; by a, b
CREATE OR REPLACE TEMPORARY VIEW meetings AS
SELECT
    least(early.person, late.person) AS a,
    greatest(early.person, late.person) AS b,
    CASE WHEN early.person < late.person THEN early.start ELSE late.start END AS start_of_a,
    early.stratum
FROM windowed_events AS early
INNER JOIN windowed_events AS late
    ON early.place = late.place
    AND early.stratum = late.stratum
    AND late.start >= early.start
    AND late.start <= early.start + early.window_s
WHERE early.stratum >= 0
    AND early.person <> late.person
    AND (late.start > early.start OR late.person > early.person);

SELECT a, b, count(DISTINCT floor(start_of_a / 86400))::INTEGER AS days
FROM meetings
GROUP BY a, b
HAVING days >= $at_least
ORDER BY a, b;
