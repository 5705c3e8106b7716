"""Keys that are the same on every machine: SHA-256 over length-prefixed, ordered parts."""

import hashlib
from collections.abc import Iterable

KEY_LENGTH = 32


def digest(*parts: str) -> str:
    """Return the first 128 bits of SHA-256 over the parts, each behind its length, in hex.

    The length prefix keeps `("ab", "c")` and `("a", "bc")` apart.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    >>> len(digest("x"))
    32
    """
    state = hashlib.sha256()
    for part in parts:
        data = part.encode()
        state.update(f"{len(data)}:".encode() + data)
    return state.hexdigest()[:KEY_LENGTH]


def ring_key(pattern: str, members: Iterable[tuple[str, str]]) -> str:
    """Return a ring's id: its pattern and its sorted (entity_type, entity_id) members.

    >>> a = ring_key("co_visit", [("person", "1"), ("person", "2")])
    >>> a == ring_key("co_visit", [("person", "2"), ("person", "1")])
    True
    """
    flat = [part for member in sorted(set(members)) for part in member]
    return "R" + digest(pattern, *flat)[:15]
