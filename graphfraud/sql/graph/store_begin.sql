-- Purpose:    start what the embedded store derives from a part: no relationships and no names yet.
-- Parameters: none
-- Columns:    (store_edges) kind, source, target, edge, time, weight; (store_names) node, kind, name;
--             no_time(), no_weight(): what a kind without them has
CREATE OR REPLACE TEMPORARY MACRO no_time() AS NULL::TIMESTAMP;
CREATE OR REPLACE TEMPORARY MACRO no_weight() AS NULL::DOUBLE;
CREATE OR REPLACE TEMPORARY MACRO as_weight(x) AS x::DOUBLE;
CREATE OR REPLACE TEMPORARY VIEW store_edges AS
SELECT
    NULL::TINYINT AS kind,
    NULL::BIGINT AS source,
    NULL::BIGINT AS target,
    NULL::BIGINT AS edge,
    NULL::TIMESTAMP AS time,
    NULL::DOUBLE AS weight
WHERE FALSE;
CREATE OR REPLACE TEMPORARY TABLE store_names (node BIGINT, kind TINYINT, name VARCHAR);
