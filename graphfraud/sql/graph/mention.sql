-- Purpose:    ids of one kind that a column mentions.
-- Parameters: kind; {table}, {column}
-- Columns:    into mentions
INSERT INTO mentions SELECT DISTINCT $kind, short({column}) FROM {table} WHERE {column} IS NOT NULL;
