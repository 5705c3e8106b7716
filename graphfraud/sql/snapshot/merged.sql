-- Purpose:    one row per entity from several feeds: an attribute stays where all that tell it agree.
-- Parameters: {rows}, {key}, {merged}: name of the table to make
-- Columns:    those of {rows}; where the entity comes from is its first row by feed and record
CREATE OR REPLACE TEMPORARY TABLE {merged} AS
WITH once AS (
    SELECT
        {key},
        CASE
            WHEN min(COLUMNS(* EXCLUDE ({key}, feed_id, record_no, record_hash)))
                = max(COLUMNS(* EXCLUDE ({key}, feed_id, record_no, record_hash)))
            THEN min(COLUMNS(* EXCLUDE ({key}, feed_id, record_no, record_hash)))
        END,
        min({'feed_id': feed_id, 'record_no': record_no, 'record_hash': record_hash}) AS origin
    FROM {rows}
    GROUP BY {key}
)
SELECT * EXCLUDE (origin), origin.record_no, origin.record_hash, origin.feed_id FROM once;
