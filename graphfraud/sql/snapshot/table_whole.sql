-- Purpose:    a canonical table of which no row stays out.
-- Parameters: {table}, {rows}
-- Columns:    those of {rows}
CREATE OR REPLACE VIEW {table} AS SELECT * FROM {rows};
