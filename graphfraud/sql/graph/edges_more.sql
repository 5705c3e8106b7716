-- Purpose:    the relationships that one table tells, below those of the tables before it.
-- Parameters: {rows}: name of the view to make, {before}: the view of those before, {table},
--             {starts}, {start_column}, {ends}, {end_column}, {columns}
-- Columns:    ({rows}) source, target, then the kind's properties
CREATE OR REPLACE TEMPORARY VIEW {rows} AS
SELECT * FROM {before}
UNION ALL
SELECT {columns}
FROM {table} AS t
INNER JOIN (SELECT id AS start_id, node AS source FROM {starts}) ON short(t.{start_column}) = start_id
INNER JOIN (SELECT id AS end_id, node AS target FROM {ends}) ON short(t.{end_column}) = end_id;
