-- Purpose:    in how many entities the feeds contradict each other, attribute by attribute.
-- Parameters: {rows}, {key}
-- Columns:    one per attribute: BIGINT, entities
SELECT count(COLUMNS(* EXCLUDE ({key}))) FROM (
    SELECT
        {key},
        CASE
            WHEN min(COLUMNS(* EXCLUDE ({key}, feed_id, record_no, record_hash)))
                <> max(COLUMNS(* EXCLUDE ({key}, feed_id, record_no, record_hash)))
            THEN 1
        END
    FROM {rows}
    GROUP BY {key}
);
