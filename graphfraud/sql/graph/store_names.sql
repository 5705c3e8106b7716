-- Purpose:    the names of the nodes of one kind.
-- Parameters: file: the part's file of that kind; kind: its place in the ontology; {name}: the
--             column a person reads
-- Columns:    into store_names
INSERT INTO store_names SELECT node, $kind, {name} FROM read_parquet($file) WHERE {name} IS NOT NULL;
