-- Purpose:    how graph properties are typed from columns and result files, and made into one text.
-- Parameters: none
-- Columns:    piece(x): x behind its length, or "-" for none, so that no two rows share a text;
--             short(x): x, or its beginning and its hash where it is too long to be indexed
--             (Neo4j takes 8 KB); the source row keeps it whole;
--             as_float, as_time: a decimal as a double, a date as its midnight;
--             text_of, int_of, money_of (fen), share_of, p_of, time_of: a result file's cell
CREATE OR REPLACE TEMPORARY MACRO piece(x) AS coalesce(length(x::VARCHAR) || ':' || x::VARCHAR, '-');
CREATE OR REPLACE TEMPORARY MACRO short(x) AS
    CASE WHEN strlen(x) > 1000 THEN left(x, 250) || '…' || md5(x) ELSE x END;
CREATE OR REPLACE TEMPORARY MACRO as_float(x) AS x::DOUBLE;
CREATE OR REPLACE TEMPORARY MACRO as_time(x) AS x::TIMESTAMP;
CREATE OR REPLACE TEMPORARY MACRO text_of(x) AS x;
CREATE OR REPLACE TEMPORARY MACRO int_of(x) AS x::BIGINT;
CREATE OR REPLACE TEMPORARY MACRO money_of(x) AS replace(x, '.', '')::BIGINT;
CREATE OR REPLACE TEMPORARY MACRO share_of(x) AS x::DOUBLE;
CREATE OR REPLACE TEMPORARY MACRO p_of(x) AS x::DOUBLE;
CREATE OR REPLACE TEMPORARY MACRO time_of(x) AS x::TIMESTAMP;
