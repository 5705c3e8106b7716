-- Purpose:    how a graph property is written for neo4j-admin.
-- Parameters: none
-- Columns:    import_key(base, x): a node's key; import_float(x): x, an infinity spelt as Java does
CREATE OR REPLACE TEMPORARY MACRO import_key(base, x) AS base + x;
CREATE OR REPLACE TEMPORARY MACRO import_float(x) AS CASE
    WHEN isnan(x) THEN 'NaN'
    WHEN isinf(x) THEN if(x > 0, 'Infinity', '-Infinity')
    ELSE x::VARCHAR
END;
