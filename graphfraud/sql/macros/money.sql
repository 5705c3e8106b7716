-- Purpose: amounts as integer fen and quantities as decimals; no float anywhere.
-- Parameters: none. Columns out: macros only.

CREATE OR REPLACE MACRO is_plain_number(given) AS
  regexp_full_match(given, '-?([0-9]+(\.[0-9]*)?|\.[0-9]+)');

-- At most twelve digits before the point; beyond two decimals only zeros.
CREATE OR REPLACE MACRO money_value(given) AS
  CASE WHEN regexp_full_match(given, '-?([0-9]{1,12}(\.([0-9]{1,2}0*)?)?|\.[0-9]{1,2}0*)')
       THEN CAST(TRY_CAST(given AS DECIMAL(16, 2)) * 100 AS BIGINT) END;

CREATE OR REPLACE MACRO money_reason(given) AS
  CASE WHEN is_refused(given) THEN refused_reason(given)
       WHEN given IS NULL THEN NULL
       WHEN NOT is_plain_number(given) THEN 'amount_format'
       WHEN money_value(given) IS NOT NULL THEN NULL
       WHEN regexp_full_match(given, '-?[0-9]*(\.([0-9]{0,2}0*)?)?') THEN 'amount_overflow'
       ELSE 'amount_precision' END;

CREATE OR REPLACE MACRO number_value(given) AS
  CASE WHEN regexp_full_match(given, '-?([0-9]{1,12}(\.([0-9]{1,4}0*)?)?|\.[0-9]{1,4}0*)')
       THEN TRY_CAST(given AS DECIMAL(18, 4)) END;

CREATE OR REPLACE MACRO number_reason(given) AS
  CASE WHEN is_refused(given) THEN refused_reason(given)
       WHEN given IS NOT NULL AND number_value(given) IS NULL THEN 'number_format' END;

-- The sum of two amounts as text; where one is no amount, both, so that the record is refused.
CREATE OR REPLACE MACRO summed(a, b) AS
  CASE WHEN a IS NULL THEN b
       WHEN b IS NULL THEN a
       WHEN money_value(a) IS NULL OR money_value(b) IS NULL THEN a || ' + ' || b
       ELSE CAST(CAST(money_value(a) + money_value(b) AS DECIMAL(20, 0))
                 * CAST(0.01 AS DECIMAL(3, 2)) AS VARCHAR) END;

-- Tables without an amount.
CREATE OR REPLACE MACRO no_amount() AS CAST(0 AS BIGINT);
