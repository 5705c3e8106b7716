-- Purpose: identifiers stay text, digit for digit; what cannot be one is refused.
-- Parameters: none. Columns out: macros only.

-- Excel writes long numbers as 4.40301E+17 on the way to CSV: the digits are gone.
CREATE OR REPLACE MACRO is_numeric_ruin(given) AS
  (contains(given, '+') AND regexp_full_match(given, '[0-9](\.[0-9]+)?[eE]\+[0-9]+'));

-- Plain ASCII without blanks and without + is sound at a glance.
CREATE OR REPLACE MACRO id_value(given) AS
  CASE WHEN regexp_full_match(given, '[!-*,-~]{1,64}') THEN given
       WHEN length(given) <= 64 AND NOT regexp_matches(given, '[\x00-\x1f\x7f]')
        AND NOT is_numeric_ruin(given) THEN given END;
-- The same where the scanner saw no control character and no + in the file.
CREATE OR REPLACE MACRO tidy_id_value(given) AS CASE WHEN length(given) <= 64 THEN given END;

CREATE OR REPLACE MACRO id_reason(given) AS
  CASE WHEN is_refused(given) THEN refused_reason(given)
       WHEN is_numeric_ruin(given) THEN 'numeric_identifier'
       WHEN id_value(given) IS NULL AND given IS NOT NULL THEN 'malformed_id' END;

-- GB 11643: ISO 7064 MOD 11-2 over the first 17 digits. NULL for anything that is not 18 long
-- (older numbers and passports carry no check digit).
CREATE OR REPLACE MACRO weighted(number, place) AS
  CAST(substr(number, place, 1) AS INTEGER) * ((1 << (18 - place)) % 11);
CREATE OR REPLACE MACRO check_digit(number) AS
  substr('10X98765432', 1 + (
    weighted(number, 1) + weighted(number, 2) + weighted(number, 3) + weighted(number, 4)
    + weighted(number, 5) + weighted(number, 6) + weighted(number, 7) + weighted(number, 8)
    + weighted(number, 9) + weighted(number, 10) + weighted(number, 11) + weighted(number, 12)
    + weighted(number, 13) + weighted(number, 14) + weighted(number, 15) + weighted(number, 16)
    + weighted(number, 17)) % 11, 1);
CREATE OR REPLACE MACRO check_digit_ok(number) AS
  CASE WHEN length(number) <> 18 OR number IS NULL THEN NULL
       WHEN NOT regexp_full_match(number, '[0-9]{17}[0-9Xx]') THEN FALSE
       ELSE check_digit(number) = upper(right(number, 1)) END;
