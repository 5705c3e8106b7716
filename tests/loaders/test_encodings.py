"""The vote between UTF-8 and GB18030."""

import pytest

from graphfraud.errors import FeedError
from loaders.encodings import Votes, decide
from loaders.scanner import GB18030, UTF8


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        (Votes(0, 0, 0), UTF8),
        (Votes(9, 0, 9), UTF8),
        (Votes(9, 9, 0), GB18030),
        (Votes(9, 8, 0), GB18030),
        (Votes(1000, 1, 0), UTF8),  # one damaged record; the rest reads as GB18030 by chance
        (Votes(9, 9, 1), GB18030),
        (Votes(9, 5, 6), UTF8),
    ],
)
def test_the_whole_file_decides(votes: Votes, expected: int) -> None:
    assert decide(votes, "claims.csv") == expected


def test_a_tie_is_said() -> None:
    with pytest.raises(FeedError, match=r"claims.csv is neither"):
        decide(Votes(4, 2, 2), "claims.csv")
