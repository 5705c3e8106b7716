-- Purpose:    the names of coded persons, places and goods that a block has to do with.
-- Parameters: none; reads dense_wanted (kind VARCHAR: person, facility or good; code INTEGER),
--             dense_persons, dense_places, dense_goods
-- Columns:    kind VARCHAR, code INTEGER, id VARCHAR; sorted
SELECT w.kind, w.code, coalesce(p.person_id, f.facility_id, g.item_code) AS id
FROM dense_wanted AS w
LEFT JOIN dense_persons AS p ON w.kind = 'person' AND w.code = p.person
LEFT JOIN dense_places AS f ON w.kind = 'facility' AND w.code = f.place
LEFT JOIN dense_goods AS g ON w.kind = 'good' AND w.code = g.good
ORDER BY w.kind, w.code;
