"""How numbers are written on a page: money in 元 and 万元, chances, times, short ids."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pandas as pd

from graphfraud.ui.words import Words

NOTHING = "–"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_CENT = Decimal("0.01")
_WAN_FEN = 1_000_000  # 万元 in fen
_YI_FEN = 10_000_000_000  # 亿元 in fen


def money(words: Words, fen: object) -> str:
    """Write an amount of fen in the unit a reader of this language would choose.

    >>> from graphfraud.ui.words import catalogue
    >>> [money(catalogue("zh"), fen) for fen in (12345, 123456789, 45000000000)]
    ['123.45 元', '123.46 万元', '4.50 亿元']
    >>> money(catalogue("en"), 123456789)
    '1,234,567.89 yuan'
    """
    if _missing(fen):
        return NOTHING
    amount = int(str(fen))
    unit = "yi" if abs(amount) >= _YI_FEN else "wan" if abs(amount) >= _WAN_FEN else "yuan"
    return words(
        f"amount.{unit}",
        yuan=f"{yuan(amount):,}",
        wan=f"{_rounded(Decimal(amount) / _WAN_FEN):,}",
        yi=f"{_rounded(Decimal(amount) / _YI_FEN):,}",
    )


def yuan(fen: object) -> Decimal | None:
    """Turn fen into exact yuan, for a column that can be sorted; None where there is no amount.

    >>> yuan(12345), yuan(None)
    (Decimal('123.45'), None)
    """
    return None if _missing(fen) else Decimal(int(str(fen))).scaleb(-2)


def chance(value: object) -> str:
    """Write a p-value or an expectation: two digits, powers of ten where it is tiny.

    >>> [chance(value) for value in (0.3, 0.0123, 3.2e-9, 17.26, 0.0, None)]
    ['0.3', '0.012', '3.2×10⁻⁹', '17', '0', '–']
    """
    if _missing(value):
        return NOTHING
    number = float(str(value))
    if number != 0 and abs(number) < 0.0001:
        mantissa, exponent = f"{number:.1e}".split("e")
        return f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:.2g}"


def score(value: object) -> str:
    """Write a score in [0, 1] with two decimals.

    >>> score(0.987), score(None)
    ('0.99', '–')
    """
    return NOTHING if _missing(value) else f"{float(str(value)):.2f}"


def count(value: object) -> str:
    """Write a whole number with separators.

    >>> count(12345), count(None)
    ('12,345', '–')
    """
    return NOTHING if _missing(value) else f"{int(str(value)):,}"


def day(value: object) -> str:
    """Write the day of a time.

    >>> day("2025-03-01 09:30:00")
    '2025-03-01'
    """
    return NOTHING if _missing(value) else str(value)[:10]


def minute(utc: str) -> str:
    """Write a time of the catalog, which is UTC, in this machine's time, to the minute.

    >>> len(minute("2025-03-01T09:30:00+00:00")), minute("")
    (16, '–')
    """
    if not utc:
        return NOTHING
    time = datetime.fromisoformat(utc)
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return f"{aware.astimezone():%Y-%m-%d %H:%M}"


def text(value: object, nothing: str = NOTHING) -> str:
    """Write a text, or `nothing` where there is none.

    >>> text("310101"), text(None), text(None, "")
    ('310101', '–', '')
    """
    return nothing if _missing(value) else str(value)


def short(identifier: str, keep: int = 10) -> str:
    """Shorten an identifier for a label; its end tells more than its beginning.

    >>> short("110105194912310028"), short("P7")
    ('…4912310028', 'P7')
    """
    return identifier if len(identifier) <= keep + 1 else f"…{identifier[-keep:]}"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_EVEN)


def _missing(value: Any) -> bool:  # noqa: ANN401  a cell of any kind
    """Say whether a cell is None, an empty text, NaN, NaT or pandas' NA."""
    return value is None or bool(pd.isna(value)) or str(value) == ""
