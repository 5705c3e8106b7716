-- purpose: how many claims each member has in all, of a ring or not
-- parameters: none; reads the registered table members(person_id)
-- columns out: person_id, claims
SELECT person_id, count(*) AS claims
FROM claims
WHERE person_id IN (SELECT person_id FROM members) AND refund_of IS NULL
GROUP BY person_id
ORDER BY person_id;
