-- Purpose: let `source` be a delivered CSV file in UTF-8 whose records the scanner found sound.
-- Parameters: $file; $delimiter; $columns: s0, s1, … each VARCHAR; $parallel: FALSE where fields
--             hold line ends. Columns out: s0, s1, … (missing = NULL), in file order.
SET VARIABLE source_file = $file;
SET VARIABLE source_delimiter = $delimiter;
SET VARIABLE source_columns = $columns;
SET VARIABLE source_parallel = $parallel;
CREATE OR REPLACE VIEW source AS
SELECT * FROM read_csv(
  getvariable('source_file'), columns = getvariable('source_columns'),
  delim = getvariable('source_delimiter'), auto_detect = FALSE, header = FALSE, skip = 1,
  quote = '"', escape = '"', nullstr = '', parallel = getvariable('source_parallel'),
  max_line_size = 2097152, strict_mode = TRUE);
