-- purpose: whether a table holds a row with a value in a column
-- parameters: {table}, {column}
-- columns out: filled
SELECT EXISTS (FROM {table} WHERE {column} IS NOT NULL) AS filled;
