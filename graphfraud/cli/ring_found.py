"""What else a ring is known by: how it acts, who else found it, its facilities' warning lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphfraud.cli import peers
from graphfraud.cli.options import Language
from graphfraud.cli.output import records, table
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    from graphfraud import Ring

HEADS = ("pattern", "observed", "expected", "lift", "p_value", "status", "")
SHOWN_CLAIMS = 3


def called(row: dict[str, Any], lang: Language) -> str:
    """Return the pattern's name, with how the ring acts where that has a name of its own."""
    name = word(lang, "pattern", row["pattern"])
    acts = word_list(lang, "variant", (row["variants"] or "").split(";"))
    return say(lang, "ring.called", name=name, acts=acts) if acts else name


def patterns(ring: "Ring", lang: Language) -> Iterator[object]:
    """Yield what each pattern says of the ring, where more than one found it."""
    if ring.also.empty:
        return
    yield ""
    title = say(lang, "ring.patterns", patterns=len(ring.patterns))
    yield table(
        columns(lang, HEADS), [_pattern(row, lang) for row in records(ring.patterns)], title=title
    )


def warnings(ring: "Ring", lang: Language) -> Iterator[object]:
    """Yield the warning lines of the ring's facilities."""
    if len(ring.peers):
        yield ""
        yield say(lang, "ring.peers", lines=len(ring.peers))
        yield peers.lines(records(ring.peers), lang)


def signals(ring: "Ring", lang: Language) -> Iterator[str]:
    """Yield a line for each conduct signal: points, sentence, and the claims that decided."""
    for row in records(ring.signals):
        yield say(
            lang,
            "ring.signal",
            points=f"{row['points']:.2f}",
            name=word(lang, "signal", row["code"]),
            sentence=row[f"sentence_{lang}"],
            claims=_claims((row["claims"] or "").split(";"), lang),
        )


def _claims(ids: list[str], lang: Language) -> str:
    """Return the first claims that decided, and how many there are; nothing where none did."""
    known = [one for one in ids if one]
    if not known:
        return ""
    first = say(lang, "list.comma").join(known[:SHOWN_CLAIMS])
    more = "ring.decided_more" if len(known) > SHOWN_CLAIMS else "ring.decided"
    return say(lang, more, claims=first, count=len(known))


def _pattern(row: dict[str, Any], lang: Language) -> tuple[object, ...]:
    return (
        word(lang, "pattern", row["pattern"]),
        row["observed"],
        f"{row['expected'] or 0:.3g}",
        f"{row['lift'] or 0:.3g}",
        "" if row["p_value"] is None else f"{row['p_value']:.2g}",
        word(lang, "state", row["status"]),
        row[f"summary_{lang}"] or "",
    )
