-- Purpose: codes of the contract from what sources write; never a guess.
-- Parameters: none; texts, codes: the code list as two lists; firsts, meanings: what the first digit
--             of a national code means; kept: a pattern of codes that stay. Columns out: macros only.

CREATE OR REPLACE MACRO code_value(given, texts, codes, firsts, meanings, kept) AS
  coalesce(
    list_extract(codes, list_position(texts, lower(given))),
    CASE WHEN regexp_full_match(given, '[0-9]{2,6}')
         THEN list_extract(meanings, list_position(firsts, left(given, 1))) END,
    CASE WHEN regexp_full_match(given, kept) THEN given END);

CREATE OR REPLACE MACRO code_reason(given, coded) AS
  CASE WHEN is_refused(given) THEN refused_reason(given)
       WHEN lost(given, coded) THEN 'unknown_code' END;
