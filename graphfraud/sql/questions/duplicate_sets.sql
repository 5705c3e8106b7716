-- Purpose:    expenses that were probably paid several times, with every claim of each.
-- Parameters: rows
-- Columns:    set_id, fund_amount_at_risk_fen, claims, claim_id, person_id, name, facility_id,
--             region, start_time, total_amount_fen, invoice_no
SELECT
    d.id AS set_id,
    d.fund_amount_at_risk_fen,
    d.n_claims AS claims,
    c.id AS claim_id,
    p.id AS person_id,
    p.name,
    x.id AS facility_id,
    c.settle_region AS region,
    c.start_time,
    c.total_amount_fen,
    c.invoice_no
FROM nodes_duplicateset AS d
INNER JOIN edges_member_of AS m ON m.target = d.node
INNER JOIN nodes_claim AS c ON c.node = m.source
INNER JOIN edges_filed AS f ON f.target = c.node
INNER JOIN nodes_insuredperson AS p ON p.node = f.source
INNER JOIN edges_at AS a ON a.source = c.node
INNER JOIN nodes_facility AS x ON x.node = a.target
ORDER BY d.fund_amount_at_risk_fen DESC, set_id, c.start_time, claim_id
LIMIT $rows;
