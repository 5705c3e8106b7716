-- Purpose:    codes that stand for no single box: on too many claims, or no trace code by their form
-- Parameters: none; reads repeated_codes (trace_boxes)
-- Columns:    codes BIGINT, claims BIGINT (lines of them), largest BIGINT (claims of one code)
SELECT count(*) AS codes, coalesce(sum(claims), 0)::BIGINT AS claims,
       coalesce(max(claims), 0)::BIGINT AS largest
FROM repeated_codes WHERE malformed OR crowded;
