"""What became of honest groups that look like rings: accused, explained, or left alone."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from graphfraud.evaluation.groups import Groups, persons_only, shared

PERSONS = 3  # fewer than three may be chance neighbours in a lead that is about somebody else
COLUMNS = ("kind", "groups", "touched", "explained", "untouched")


def touches(lookalikes: Groups, groups: Groups) -> dict[str, list[str]]:
    """Return look-alike -> the groups that hold three of its persons, or half of them.

    >>> def people(ids): return frozenset(("person", name) for name in ids)
    >>> touches({"L": people("abcdefgh")}, {"A": people("abcx"), "B": people("abxy")})
    {'L': ['A']}
    """
    persons = persons_only(lookalikes)
    return {
        name: sorted(
            other for other, n in counts.items() if n >= PERSONS or 2 * n >= len(persons[name])
        )
        for name, counts in shared(persons, groups).items()
    }


def lookalike_scores(
    lookalikes: Groups, kinds: Mapping[str, str], accused: Groups, explained: Groups
) -> pd.DataFrame:
    """Return a row for each kind: kind, groups, touched, explained, untouched.

    accused: the leads that match no true ring. A group that a lead touches counts as touched,
    whatever else explains it; the three always add up to the groups.
    """
    by_lead, by_reason = touches(lookalikes, accused), touches(lookalikes, explained)
    rows = {kind: Counter[str]() for kind in sorted(set(kinds.values()))}
    for name, kind in kinds.items():
        state = "explained" if by_reason.get(name) else "untouched"
        rows[kind]["touched" if by_lead.get(name) else state] += 1
    table = [(kind, row.total(), *(row[c] for c in COLUMNS[2:])) for kind, row in rows.items()]
    return pd.DataFrame(table, columns=list(COLUMNS))


def lookalike_reasons(
    lookalikes: Groups, kinds: Mapping[str, str], explained: Groups, reasons: Mapping[str, str]
) -> pd.DataFrame:
    """Return how many groups of a kind an explained ring touches, by its explanation.

    kind, explanation (codes joined by `;`), groups. A group counts once for each explanation.
    """
    found = {
        (name, reasons[ring])
        for name, rings in touches(lookalikes, explained).items()
        for ring in rings
    }
    counts = Counter((kinds[name], reason) for name, reason in found)
    rows = [(*key, counts[key]) for key in sorted(counts)]
    return pd.DataFrame(rows, columns=["kind", "explanation", "groups"])
