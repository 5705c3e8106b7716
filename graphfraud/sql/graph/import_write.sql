-- Purpose:    write the nodes or relationships of a kind for neo4j-admin; the header stands apart.
--             What is there is quoted, what is missing is not: an empty text is no missing one.
-- Parameters: file: the part's Parquet file; target: the CSV file; base: of the graph's keys;
--             graph: its number; {columns}: what to write
-- Columns:    those of {columns}
COPY (SELECT {columns} FROM read_parquet($file)) TO $target (
    FORMAT csv, HEADER FALSE, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', FORCE_QUOTE *,
    DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%f'
);
