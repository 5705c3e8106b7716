-- Purpose:    the kind of each facility in question.
-- Parameters: none; reads facilities and template_hits, lent by the caller
-- Columns:    facility_id, kind VARCHAR
SELECT h.facility_id, coalesce(any_value(f.kind), 'provider') AS kind
FROM template_hits AS h LEFT JOIN facilities AS f ON h.facility_id = f.facility_id
GROUP BY h.facility_id
ORDER BY h.facility_id;
