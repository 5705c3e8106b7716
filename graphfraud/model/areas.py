"""Areas in which one fund pays, from administrative division codes (GB/T 2260).

Pooling is by prefecture, in the four municipalities by the municipality; a district's code is its
prefecture's area. A code of any other shape is an area of its own.
"""

import re

MUNICIPALITIES = ("11", "12", "31", "50")
DIVISION = re.compile("[1-9][0-9]{5}")


def area(region: str) -> str:
    """Return the area of a region's code.

    >>> area("130632"), area("310115"), area("440000"), area("north")
    ('1306', '31', '44', 'north')
    """
    if not DIVISION.fullmatch(region):
        return region
    if region.startswith(MUNICIPALITIES) or region.endswith("0000"):
        return region[:2]
    return region[:4]


def same_area(a: str, b: str) -> bool:
    """Say whether two areas are one, or one holds the other (a province's own fund).

    >>> same_area("44", "4401"), same_area("4401", "4403")
    (True, False)
    """
    return a.startswith(b) or b.startswith(a)
