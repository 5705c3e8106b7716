-- purpose: what the registers know of the members of groups, for the innocent reasons
-- parameters: none; reads the registered table members(person_id)
-- columns out: person_id, address, address_size, address_born (median year of birth of all who
--              live there), phone ('' where four persons or more hold it and all live apart: no
--              family's, however few they are), phone_size, employer, region
WITH members_once AS (SELECT DISTINCT person_id FROM members),
facts AS (
    SELECT person_id, nullif(trim(address), '') AS address, nullif(trim(phone), '') AS phone,
           nullif(trim(employer), '') AS employer, birth_date, region
    FROM persons
),
asked AS (SELECT f.* FROM facts f SEMI JOIN members_once USING (person_id)),
addresses AS (
    SELECT address, count(*) AS address_size, median(year(birth_date)) AS address_born FROM facts
    WHERE address IN (SELECT address FROM asked) GROUP BY address
),
phones AS (
    SELECT phone, count(*) AS phone_size FROM facts
    WHERE phone IN (SELECT phone FROM asked) GROUP BY phone
    HAVING count(DISTINCT address) < 4 OR count(DISTINCT address) < count(address)
)
SELECT person_id, coalesce(address, '') AS address, coalesce(address_size, 0) AS address_size,
       coalesce(address_born, 0)::INT AS address_born,
       coalesce(phones.phone, '') AS phone, coalesce(phone_size, 0) AS phone_size,
       coalesce(employer, '') AS employer, coalesce(region, '') AS region
FROM asked LEFT JOIN addresses USING (address) LEFT JOIN phones ON asked.phone = phones.phone
ORDER BY person_id;
