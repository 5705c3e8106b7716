"""Texts to search by: one slip from each other (a letter added, left out, changed, swapped)."""


def one_slip_apart(a: str, b: str) -> bool:
    """Say whether the optimal string alignment distance of two texts is exactly 1.

    >>> one_slip_apart("张伟明", "张明伟"), one_slip_apart("张伟明", "张伟")
    (True, True)
    >>> one_slip_apart("张伟明", "张伟明"), one_slip_apart("张伟明", "李伟民")
    (False, False)
    """
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = _shared(a, b)
    rest_a, rest_b = a[same:], b[same:]
    if len(a) != len(b):
        longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
        return longer[1:] == shorter
    swapped = rest_a[1::-1] == rest_b[:2] and rest_a[2:] == rest_b[2:]
    return rest_a[1:] == rest_b[1:] or swapped


def _shared(a: str, b: str) -> int:
    """Return how many letters both begin with."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def halves(text: str) -> tuple[str, str, str]:
    """Return both halves of a text, and it with the two letters at their seam swapped.

    A text one slip away has one of the halves inside, or is the third.

    >>> halves("abcd")
    ('ab', 'cd', 'acbd')
    """
    seam = len(text) // 2
    left, right = text[:seam], text[seam:]
    return left, right, left[:-1] + right[:1] + left[-1:] + right[1:]


def has_bytes(text: str) -> bool:
    """Say whether a text can be stored or sent: half a surrogate pair is no character.

    >>> has_bytes("𠮷"), has_bytes(chr(0xD800))
    (True, False)
    """
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
