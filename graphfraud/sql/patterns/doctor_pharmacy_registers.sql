-- Purpose:    what the registers say of the facilities and pharmacies in question.
-- Parameters: none; reads facilities, referral_pairs (pair, facility_id, pharmacy_id)
-- Columns:    pair BIGINT, own BOOLEAN (one legal representative, account or address)
SELECT
    p.pair,
    coalesce(
        f.legal_rep = h.legal_rep OR f.bank_account = h.bank_account OR f.address = h.address,
        FALSE
    ) AS own
FROM referral_pairs AS p
LEFT JOIN facilities AS f ON p.facility_id = f.facility_id
LEFT JOIN facilities AS h ON p.pharmacy_id = h.facility_id
ORDER BY p.pair;
