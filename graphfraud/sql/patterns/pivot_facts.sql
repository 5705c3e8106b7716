-- Purpose:    what is known of the holders: for homes, strata and innocent reasons.
-- Parameters: $phone: persons beyond whom a phone is no household's; reads persons and the
--             registered table pivot_people(person_id)
-- Columns:    person_id, employer, home_address, home_phone ('' where it is no household's)
WITH facts AS (
    SELECT
        person_id,
        coalesce(trim(employer), '') AS employer,
        coalesce(trim(address), '') AS address,
        coalesce(trim(phone), '') AS phone
    FROM persons
),
-- Four or more who all live apart are no family, however few they are.
phones AS (
    SELECT phone FROM facts GROUP BY phone
    HAVING count(*) <= $phone AND phone <> '' AND (
        count(DISTINCT nullif(address, '')) < 4
        OR count(DISTINCT nullif(address, '')) < count(nullif(address, ''))
    )
)
SELECT
    f.person_id,
    f.employer,
    f.address AS home_address,
    CASE WHEN f.phone IN (SELECT phone FROM phones) THEN f.phone ELSE '' END AS home_phone
FROM facts AS f
WHERE f.person_id IN (SELECT person_id FROM pivot_people)
ORDER BY f.person_id;
