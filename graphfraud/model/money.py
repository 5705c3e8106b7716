"""Money: integer fen inside, yuan with two decimals outside. No float ever holds an amount."""


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals.

    >>> yuan(123456), yuan(-5)
    ('1234.56', '-0.05')
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def fen(text: str) -> int:
    """Read yuan with at most two decimals as fen; ValueError for anything else.

    >>> fen("1234.5"), fen("-0.05")
    (123450, -5)
    """
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.removeprefix("-").partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(part) > 2 or (part and not part.isdigit()):
        raise ValueError(f"{text!r} is no amount in yuan")
    return sign * (int(whole) * 100 + int(part.ljust(2, "0")))
