-- Purpose:    the operators, in the order of their numbers
-- Parameters: none; reads operators (swipe_clock)
-- Columns:    operator_id, kind VARCHAR
SELECT operator_id, kind FROM operators ORDER BY number;
