-- Purpose:    money from a facility's account to persons who filed claims there, in up to three
--             steps.
-- Parameters: days: between first and last payment; payments: how many at least; rows
-- Columns:    facility_id, person_id, name, claims, steps, payments, first_time, last_time,
--             sent_fen, returned_fen, purpose
WITH RECURSIVE legs AS MATERIALIZED (
    SELECT p.id, p.amount_fen, p.paid_time, p.purpose, s.source AS payer, t.target AS payee
    FROM nodes_payment AS p
    INNER JOIN edges_pays AS s ON s.target = p.node
    INNER JOIN edges_paid_to AS t ON t.source = p.node
),
chains AS (
    SELECT
        f.node AS facility,
        f.id AS facility_id,
        [l.payer, l.payee] AS passed,
        l.payee AS reached,
        [l.id] AS payments,
        l.paid_time AS first_time,
        l.paid_time AS last_time,
        l.amount_fen AS sent_fen,
        l.amount_fen AS returned_fen,
        l.purpose
    FROM nodes_facility AS f
    INNER JOIN edges_holds AS h ON h.source = f.node
    INNER JOIN legs AS l ON l.payer = h.target
    WHERE l.payee <> l.payer
    UNION ALL
    SELECT
        c.facility,
        c.facility_id,
        list_append(c.passed, l.payee),
        l.payee,
        list_append(c.payments, l.id),
        c.first_time,
        l.paid_time,
        c.sent_fen,
        l.amount_fen,
        l.purpose
    FROM chains AS c INNER JOIN legs AS l ON l.payer = c.reached
    WHERE len(c.payments) < 3
        AND NOT list_contains(c.passed, l.payee)
        AND l.paid_time BETWEEN c.last_time AND c.first_time + to_days($days)
),
filed AS (
    SELECT f.source AS person, a.target AS facility, count(*) AS claims
    FROM edges_filed AS f INNER JOIN edges_at AS a ON a.source = f.target
    GROUP BY f.source, a.target
)
SELECT
    c.facility_id,
    p.id AS person_id,
    p.name,
    n.claims,
    len(c.payments) AS steps,
    array_to_string(c.payments, ';') AS payments,
    c.first_time,
    c.last_time,
    c.sent_fen,
    c.returned_fen,
    c.purpose
FROM chains AS c
INNER JOIN edges_holds AS h ON h.target = c.reached
INNER JOIN nodes_insuredperson AS p ON p.node = h.source
INNER JOIN filed AS n ON n.person = p.node AND n.facility = c.facility
WHERE len(c.payments) >= $payments
ORDER BY steps DESC, c.facility_id, person_id, c.first_time, c.payments
LIMIT $rows;
