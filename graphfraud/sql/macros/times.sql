-- Purpose: local times and dates in the accepted forms; whatever can be read in two ways is refused.
-- Parameters: none; `latest` is the first moment that lies in the future. Columns out: macros only.

-- YYYY-M-D or YYYY/M/D, then nothing or a clock behind a space or T.
CREATE OR REPLACE MACRO is_written_date(given) AS
  regexp_full_match(given, '[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}([ T]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?');
CREATE OR REPLACE MACRO is_compact_date(given) AS
  regexp_full_match(given, '[0-9]{8}(([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])?');
CREATE OR REPLACE MACRO is_chinese_date(given) AS
  regexp_full_match(given, '[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日( ?([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?');

CREATE OR REPLACE MACRO compact_as_written(given) AS
  regexp_replace(regexp_replace(given, '^(.{4})(..)(..)', '\1-\2-\3 '), ' (..)(..)(..)$', ' \1:\2:\3');
CREATE OR REPLACE MACRO chinese_as_written(given) AS
  regexp_replace(given, '年([0-9]+)月([0-9]+)日 ?', '-\1-\2 ');

CREATE OR REPLACE MACRO moment(given) AS
  CASE WHEN is_written_date(given) THEN TRY_CAST(given AS TIMESTAMP)
       WHEN is_compact_date(given) THEN TRY_CAST(trim(compact_as_written(given)) AS TIMESTAMP)
       WHEN is_chinese_date(given) THEN TRY_CAST(trim(chinese_as_written(given)) AS TIMESTAMP) END;

CREATE OR REPLACE MACRO within(time, latest) AS
  CASE WHEN time >= TIMESTAMP '1900-01-01' AND time < latest THEN time END;

CREATE OR REPLACE MACRO time_value(given, latest) AS within(moment(given), latest);
-- A date may come with a clock that says midnight, as spreadsheets write it.
CREATE OR REPLACE MACRO day(time) AS
  CASE WHEN time = date_trunc('day', time) THEN CAST(time AS DATE) END;
CREATE OR REPLACE MACRO date_value(given, latest) AS day(time_value(given, latest));

CREATE OR REPLACE MACRO is_ambiguous_date(given) AS
  regexp_full_match(given, '[0-9]{1,2}[-/.][0-9]{1,2}[-/.]([0-9]{4}|[0-9]{2})([ T].*)?');

CREATE OR REPLACE MACRO time_reason(given, latest) AS
  CASE WHEN is_refused(given) THEN refused_reason(given)
       WHEN is_ambiguous_date(given) THEN 'date_ambiguous'
       WHEN moment(given) < TIMESTAMP '1900-01-01' THEN 'date_range'
       WHEN moment(given) >= latest THEN 'date_future'
       WHEN given IS NOT NULL AND moment(given) IS NULL THEN 'date_format' END;
CREATE OR REPLACE MACRO date_reason(given, latest) AS
  coalesce(time_reason(given, latest),
           CASE WHEN lost(given, day(moment(given))) THEN 'date_format' END);
