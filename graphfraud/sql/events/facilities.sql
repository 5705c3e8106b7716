-- Purpose:    the facilities that can hold an event, ranked in the order of their ids' bytes.
-- Parameters: none; reads claims
-- Columns:    facility_id VARCHAR, facility INTEGER, in order
CREATE OR REPLACE TEMPORARY TABLE event_facilities AS
SELECT facility_id, (row_number() OVER (ORDER BY facility_id) - 1)::INTEGER AS facility
FROM (SELECT DISTINCT facility_id FROM claims WHERE med_type <> 'manual' AND refund_of IS NULL)
ORDER BY facility;

SELECT facility_id, facility FROM event_facilities ORDER BY facility;
