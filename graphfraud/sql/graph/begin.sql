-- Purpose:    start a graph part: no ids mentioned yet, nobody known under a register's words.
-- Parameters: none
-- Columns:    (mentions) kind, id; (parties) entity_type, entity_id, node
CREATE OR REPLACE TEMPORARY TABLE mentions (kind VARCHAR, id VARCHAR);
CREATE OR REPLACE TEMPORARY TABLE parties (entity_type VARCHAR, entity_id VARCHAR, node BIGINT);
