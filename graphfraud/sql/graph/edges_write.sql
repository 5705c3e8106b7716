-- Purpose:    write the relationships of a kind, so sorted that those of one hub lie together.
-- Parameters: target: the Parquet file; {rows}, {order}: every column, the hub first
-- Columns:    source, target, then the kind's properties
COPY (SELECT * FROM {rows} ORDER BY {order}) TO $target (FORMAT parquet, ROW_GROUP_SIZE 2048); -- small: single rows are looked up
