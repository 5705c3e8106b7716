-- Purpose:    forget a table that earlier steps made
-- Parameters: {table}: its name
-- Columns:    none
DROP TABLE IF EXISTS {table};
