-- Purpose: one delivered cell as text: what counts as empty, how it enters the record's hash, and
--          whether typing lost it.
-- Parameters: none. Columns out: macros only.

-- The cell without surrounding spaces (ASCII, tab, U+3000); NULL where nothing is left. Most cells
-- begin above '!' and below U+3000 and end above the space: nothing to trim, at a quarter the cost.
CREATE OR REPLACE MACRO cell(given) AS
  CASE WHEN given >= '!' AND given < '　' AND right(given, 1) > ' ' AND NOT ends_with(given, '　')
       THEN given ELSE nullif(trim(given, ' 　' || chr(9)), '') END;
-- The same where the scanner saw no blanks around any field.
CREATE OR REPLACE MACRO tidy_cell(given) AS nullif(given, '');

-- As cell, NULL also for texts that say "missing" (a list, lower case).
CREATE OR REPLACE MACRO cell_unless(given, missing) AS
  CASE WHEN NOT list_contains(missing, lower(cell(given))) THEN cell(given) END;

-- The length that goes before each text in a hash: no two different records hash the same bytes.
CREATE OR REPLACE MACRO size_of(given) AS coalesce(strlen(given), 0);
CREATE OR REPLACE MACRO colon() AS ':';
CREATE OR REPLACE MACRO record_key(text) AS unhex(sha256(text));

-- The value that a mapping file gives for a text; NULL where it gives none.
CREATE OR REPLACE MACRO mapped(given, texts, replacements) AS
  list_extract(replacements, list_position(texts, given));

-- A cell that a reader refused before SQL saw it: NUL, reason, NUL, text.
CREATE OR REPLACE MACRO is_refused(given) AS starts_with(given, chr(0));
CREATE OR REPLACE MACRO refused_reason(given) AS
  CASE WHEN is_refused(given) THEN split_part(given, chr(0), 2) END;
CREATE OR REPLACE MACRO shown(given) AS
  CASE WHEN is_refused(given) THEN split_part(given, chr(0), 3) ELSE given END;

CREATE OR REPLACE MACRO text_value(given) AS CASE WHEN NOT is_refused(given) THEN given END;
CREATE OR REPLACE MACRO text_reason(given) AS refused_reason(given);

-- Faults of a cell, never NULL.
CREATE OR REPLACE MACRO lost(given, typed) AS (given IS NOT NULL AND typed IS NULL);
CREATE OR REPLACE MACRO absent(typed) AS (typed IS NULL);

-- Reasons shared by all kinds: what a reader or a mapping refused, what is missing.
CREATE OR REPLACE MACRO mapping_reason(given, replaced) AS
  CASE WHEN given IS NOT NULL AND replaced IS NULL THEN 'unknown_code' END;
CREATE OR REPLACE MACRO missing_id(given) AS CASE WHEN given IS NULL THEN 'missing_id' END;
CREATE OR REPLACE MACRO missing_value(given) AS CASE WHEN given IS NULL THEN 'missing_value' END;

-- A record as one line of text, fields quoted where they must be.
CREATE OR REPLACE MACRO quoted_field(given) AS
  CASE WHEN regexp_matches(given, '[",\r\n]') THEN '"' || replace(given, '"', '""') || '"'
       ELSE coalesce(given, '') END;
CREATE OR REPLACE MACRO record_text(fields) AS
  list_aggregate(list_transform(fields, lambda given: quoted_field(shown(given))), 'string_agg', ',');

-- A column that the source lacks, or that the mapping fills with one text.
CREATE OR REPLACE MACRO no_text() AS CAST(NULL AS VARCHAR);
CREATE OR REPLACE MACRO as_text(given) AS CAST(given AS VARCHAR);
