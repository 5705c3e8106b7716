-- Purpose:    the relationships of one kind, below those of the kinds before it.
-- Parameters: file: the part's file of that kind; kind: its place in the ontology; {rows}: name of
--             the view to make, {before}: the view of those before, {file_of}, {kind_of}: names of
--             the variables that keep both for it, {dated}: its time, {weighed}: its weight
-- Columns:    ({rows}) kind, source, target, edge: its row in the file from 0, time, weight
SET VARIABLE {file_of} = $file;
SET VARIABLE {kind_of} = $kind;
CREATE OR REPLACE TEMPORARY VIEW {rows} AS
SELECT * FROM {before}
UNION ALL
SELECT getvariable('{kind_of}')::TINYINT AS kind, source, target, file_row_number AS edge, {dated}, {weighed}
FROM read_parquet(getvariable('{file_of}'), file_row_number = TRUE);
