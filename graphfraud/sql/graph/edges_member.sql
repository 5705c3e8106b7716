-- Purpose:    the relationships of parties of any kind to one kind of node.
-- Parameters: {rows}: name of the view to make, {table}, {ends}, {end_column}, {columns};
--             reads parties
-- Columns:    ({rows}) source, target, then the kind's properties
CREATE OR REPLACE TEMPORARY VIEW {rows} AS
SELECT {columns}
FROM {table} AS t
INNER JOIN (SELECT entity_type, entity_id, node AS source FROM parties)
    USING (entity_type, entity_id)
INNER JOIN (SELECT id AS end_id, node AS target FROM {ends}) ON t.{end_column} = end_id;
