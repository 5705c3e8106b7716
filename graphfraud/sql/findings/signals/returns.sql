-- Purpose:    payments from accounts of a ring's facilities to accounts of its members, directly or
--             through one account between.
-- Parameters: ordinary: a regular expression of purposes to leave out (wages, refunds); days: the
--             longest wait between two steps; payees: an account that pays more others is no
--             go-between but a bank or a platform; reads ring_places, ring_persons
--             (findings/signals/own)
-- Columns:    ring, person_id, payment_id, hops, amount, purpose
WITH payers AS (
    SELECT DISTINCT r.ring, f.bank_account AS account
    FROM ring_places r JOIN facilities f USING (facility_id) WHERE f.bank_account IS NOT NULL
),
payees AS (
    SELECT m.ring, m.person_id, p.bank_account AS account
    FROM ring_persons m JOIN persons p USING (person_id) WHERE p.bank_account IS NOT NULL
),
paid AS (
    SELECT payment_id, payer_account, payee_account, amount, paid_time,
           coalesce(purpose, '') AS purpose
    FROM payments
    WHERE payer_account <> payee_account AND amount > 0
      AND NOT regexp_matches(lower(coalesce(purpose, '')), $ordinary)
),
hubs AS (
    SELECT payer_account FROM paid GROUP BY payer_account
    HAVING count(DISTINCT payee_account) > $payees
),
sent AS (SELECT a.ring, x.* FROM payers a JOIN paid x ON x.payer_account = a.account),
reached AS (
    SELECT s.ring, e.person_id, s.payment_id, 1 AS hops, s.amount, s.purpose
    FROM sent s JOIN payees e ON e.ring = s.ring AND e.account = s.payee_account
    UNION ALL
    SELECT s.ring, e.person_id, y.payment_id, 2, y.amount, y.purpose
    FROM sent s
    JOIN paid y ON y.payer_account = s.payee_account
        AND y.paid_time BETWEEN s.paid_time AND s.paid_time + to_days($days::INTEGER)
    JOIN payees e ON e.ring = s.ring AND e.account = y.payee_account
    WHERE s.payee_account NOT IN (SELECT payer_account FROM hubs)
)
-- A payment that two routes lead to counts once, by the shorter one.
SELECT ring, person_id, payment_id, min(hops) AS hops, any_value(amount) AS amount,
       any_value(purpose) AS purpose
FROM reached GROUP BY ring, person_id, payment_id ORDER BY ring, person_id, payment_id;
