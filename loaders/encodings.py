"""Decides a CSV file's encoding over the whole file, never from a sample and never by guess.

Valid UTF-8 throughout is UTF-8. Otherwise the records with characters beyond ASCII vote: GB18030
reads almost any bytes, so it wins only where most of them are not valid UTF-8. Records that do not
decode are rejected one by one; nothing is ever replaced.
"""

from dataclasses import dataclass

from graphfraud.errors import FeedError
from loaders.scanner import GB18030, UTF8

CODECS = {UTF8: "utf-8", GB18030: "gb18030"}
# How mapping files may spell them.
NAMES = {
    "utf-8": UTF8, "utf8": UTF8, "utf-8-sig": UTF8,
    "gb18030": GB18030, "gbk": GB18030, "gb2312": GB18030, "cp936": GB18030,
}  # fmt: skip


@dataclass(frozen=True)
class Votes:
    """Records beyond ASCII, and how many of them do not decode, in UTF-8 and in GB18030."""

    beyond_ascii: int
    not_utf8: int
    not_gb18030: int


def decide(votes: Votes, file_name: str) -> int:
    """Return UTF8 or GB18030; FeedError where as many records speak for one as for the other.

    >>> decide(Votes(beyond_ascii=9, not_utf8=9, not_gb18030=0), "claims.csv") == GB18030
    True
    """
    if votes.not_utf8 == 0:
        return UTF8
    utf8 = votes.beyond_ascii - votes.not_utf8
    gb18030 = votes.beyond_ascii - votes.not_gb18030
    # A record of Chinese UTF-8 often decodes as GB18030 by chance; the reverse hardly happens.
    if utf8 > votes.not_utf8:
        return UTF8
    if gb18030 == utf8:
        raise FeedError(
            f"{file_name} is neither plain UTF-8 nor plain GB18030: "
            f"{votes.beyond_ascii:,} records, {utf8:,} of them readable in either.",
            hint="Name the encoding with a mapping (encoding: gb18030).",
        )
    return GB18030 if gb18030 > utf8 else UTF8
