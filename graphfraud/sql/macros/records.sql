-- Purpose: what only the columns of a record together can show. Faults are never NULL.
-- Parameters: none. Columns out: macros only.

CREATE OR REPLACE MACRO ends_early(finish, start) AS coalesce(finish < start, FALSE);
CREATE OR REPLACE MACRO unexplained_negative(amount, refunded) AS
  coalesce(amount < 0 AND refunded IS NULL, FALSE);
CREATE OR REPLACE MACRO negative_without_return(amount, quantity) AS
  coalesce(amount < 0 AND NOT coalesce(quantity < 0, FALSE), FALSE);
CREATE OR REPLACE MACRO negative(amount) AS coalesce(amount < 0, FALSE);

CREATE OR REPLACE MACRO order_reason(fault) AS CASE WHEN fault THEN 'date_order' END;
CREATE OR REPLACE MACRO negative_reason(fault) AS CASE WHEN fault THEN 'amount_negative' END;
