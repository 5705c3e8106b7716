"""Runs and truths made by hand: groups written as text, one letter a person."""

from collections.abc import Iterable, Mapping

import pandas as pd

from graphfraud.evaluation.comparison import Comparison
from graphfraud.evaluation.groups import Groups
from graphfraud.evaluation.truth import Found, Truth

PAIR = ["claim_id_a", "claim_id_b", "kind"]


def people(letters: str) -> frozenset[tuple[str, str]]:
    """Return one person a letter; a capital letter is a facility."""
    return frozenset(("facility" if one.isupper() else "person", one) for one in letters)


def groups(**letters: str) -> Groups:
    """Return groups of persons and facilities."""
    return {name: people(text) for name, text in letters.items()}


def comparison(
    leads: Mapping[str, str],
    rings: Mapping[str, str],
    patterns: Mapping[str, str] | None = None,
) -> Comparison:
    """Return leads, by rank, beside rings; whatever is not in `patterns` is a co_visit."""
    given = patterns or {}
    named = [{name: given.get(name, "co_visit") for name in one} for one in (leads, rings)]
    return Comparison(groups(**leads), groups(**rings), *named)


def table(members: Mapping[str, str], key: str) -> pd.DataFrame:
    """Return a table of members."""
    rows = [(name, *one) for name, text in members.items() for one in sorted(people(text))]
    return pd.DataFrame(rows, columns=[key, "entity_type", "entity_id"], dtype="str")


def pairs(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Return a table of pairs of claims with their kinds."""
    return pd.DataFrame(list(rows), columns=PAIR, dtype="str")


def found(
    leads: Mapping[str, str],
    explained: Mapping[str, str] | None = None,
    duplicates: Iterable[tuple[str, str, str]] = (),
    pattern: str = "co_visit",
) -> Found:
    """Return a run: its leads, then its rings explained by `household`, ranked as they stand."""
    excused = explained or {}
    rows = [
        (name, rank, pattern, *(("explained", "household") if name in excused else ("lead", None)))
        for rank, name in enumerate([*leads, *excused], 1)
    ]
    columns = ["ring_id", "rank", "pattern", "status", "explanation"]
    members = table({**leads, **excused}, "ring_id")
    links = pd.DataFrame(columns=["person_id_a", "person_id_b"])
    return Found(pd.DataFrame(rows, columns=columns), members, pairs(duplicates), links)


def truth(rings: Mapping[str, str], patterns: Mapping[str, str] | None = None) -> Truth:
    """Return a truth of rings alone; whatever is not in `patterns` is a co_visit."""
    given = patterns or {}
    rows = [(name, given.get(name, "co_visit")) for name in rings]
    return Truth(pd.DataFrame(rows, columns=["ring", "pattern"], dtype="str"), table(rings, "ring"))
