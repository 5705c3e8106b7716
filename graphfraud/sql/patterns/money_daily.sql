-- Purpose:    what the fund owed each provider for the claims settled on a day.
-- Parameters: none; reads claims and the registered table money_providers(facility_id, provider)
-- Columns:    provider, day (since 1970), fund (fen)
SELECT
    p.provider,
    (coalesce(c.settle_time, c.start_time)::DATE - DATE '1970-01-01') AS day,
    sum(coalesce(c.fund_amount, c.total_amount))::BIGINT AS fund
FROM claims AS c
INNER JOIN money_providers AS p ON c.facility_id = p.facility_id
WHERE c.med_type <> 'manual'
GROUP BY ALL
ORDER BY ALL;
