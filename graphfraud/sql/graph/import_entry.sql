-- Purpose:    write what the database says of its graphs: the one graph's entry, and the counter.
-- Parameters: number, snapshot, state, round, batch_rows, checksum; run, run_state, run_checksum:
--             NULL where no run is published; entry, counter: the CSV files
-- Columns:    (entry) as import_files.ENTRY; (counter) as import_files.COUNTER
COPY (
    SELECT
        $number::BIGINT, $snapshot::VARCHAR, $state::VARCHAR, $round::BIGINT, $batch_rows::BIGINT,
        $checksum::VARCHAR, $run::VARCHAR, $run_state::VARCHAR, $run_checksum::VARCHAR
) TO $entry (
    FORMAT csv, HEADER FALSE, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', FORCE_QUOTE *
);
COPY (SELECT 'graphs', $number::BIGINT, TRUE) TO $counter (
    FORMAT csv, HEADER FALSE, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', FORCE_QUOTE *
);
