-- Purpose:    a canonical table without the rows that stay out.
-- Parameters: {table}, {rows}; reads excluded
-- Columns:    those of {rows}
CREATE OR REPLACE VIEW {table} AS
SELECT * FROM {rows}
ANTI JOIN (SELECT feed_id, record_no FROM excluded WHERE table_name = '{table}') AS x
USING (feed_id, record_no);
