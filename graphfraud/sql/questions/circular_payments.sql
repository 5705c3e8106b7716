-- Purpose:    money that leaves an account and is back there two to four payments later.
-- Parameters: days: between first and last payment; rows
-- Columns:    account, steps, payments, accounts, first_time, last_time, sent_fen, returned_fen
WITH RECURSIVE legs AS MATERIALIZED (
    SELECT p.id, p.amount_fen, p.paid_time, s.source AS payer, t.target AS payee
    FROM nodes_payment AS p
    INNER JOIN edges_pays AS s ON s.target = p.node
    INNER JOIN edges_paid_to AS t ON t.source = p.node
    -- Only an account that gives and takes can be on a circle.
    WHERE s.source IN (SELECT target FROM edges_paid_to)
        AND t.target IN (SELECT source FROM edges_pays)
),
chains AS (
    SELECT
        payer AS account,
        [payer] AS passed,
        payee AS reached,
        id AS first_id,
        [id] AS payments,
        paid_time AS first_time,
        paid_time AS last_time,
        amount_fen AS sent_fen,
        amount_fen AS returned_fen
    FROM legs
    UNION ALL
    SELECT
        c.account,
        list_append(c.passed, l.payer),
        l.payee,
        c.first_id,
        list_append(c.payments, l.id),
        c.first_time,
        l.paid_time,
        c.sent_fen,
        l.amount_fen
    FROM chains AS c INNER JOIN legs AS l ON l.payer = c.reached
    WHERE len(c.payments) < 4
        AND NOT list_contains(c.passed, c.reached)
        AND l.paid_time BETWEEN c.last_time AND c.first_time + to_days($days)
),
circles AS (
    SELECT *
    FROM chains
    WHERE reached = account
        AND len(payments) >= 2
        AND (last_time > first_time OR list_min(payments) = first_id)
),
named AS (
    SELECT c.payments, string_agg(a.id, ';' ORDER BY s.place) AS accounts
    FROM circles AS c
    CROSS JOIN LATERAL (
        SELECT unnest(c.passed) AS node, generate_subscripts(c.passed, 1) AS place
    ) AS s
    INNER JOIN nodes_account AS a ON a.node = s.node
    GROUP BY c.payments
)
SELECT
    a.id AS account,
    len(c.payments) AS steps,
    array_to_string(c.payments, ';') AS payments,
    n.accounts,
    c.first_time,
    c.last_time,
    c.sent_fen,
    c.returned_fen
FROM circles AS c
INNER JOIN named AS n ON n.payments = c.payments
INNER JOIN nodes_account AS a ON a.node = c.account
ORDER BY c.first_time, c.payments
LIMIT $rows;
