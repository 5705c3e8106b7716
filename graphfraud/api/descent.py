"""Which earlier groups each later group descends from (Greene, Doyle & Cunningham 2010).

A group continues as its partner (api.comparison: the same id, or half of all persons shared, one to
one; doi:10.1109/ASONAM.2010.17). A group without a partner went where at least half of its persons
are, and came from where at least half of its persons were (Spiliopoulou et al. 2006,
doi:10.1145/1150402.1150491): so two that become one, and one that becomes two, are seen whatever
their sizes. Persons decide, never places.
"""

from collections.abc import Mapping

from graphfraud.api.comparison import partners
from graphfraud.evaluation.groups import Groups, closest, persons_only, shared

HALF = 0.5

Parents = Mapping[str, tuple[str, ...]]


def parents(earlier: Groups, later: Groups) -> Parents:
    """Return for each later group the earlier ones it descends from, sorted; none where it is born.

    >>> e = {"E": frozenset(("person", p) for p in "abcdef")}
    >>> l = {n: frozenset(("person", p) for p in ps) for n, ps in (("L", "abcx"), ("M", "def"))}
    >>> parents(e, l)
    {'L': ('E',), 'M': ('E',)}
    """
    pairs = [(one, other) for one, other, _ in partners(earlier, later)]
    known = {(one, other) for one, other in pairs if one and other}
    gone = [one for one, other in pairs if not other]
    new = [other for one, other in pairs if not one]
    known |= {(one, home) for one, home in _homes(gone, earlier, later)}
    known |= {(home, one) for one, home in _homes(new, later, earlier)}
    return {name: tuple(sorted(one for one, other in known if other == name)) for name in later}


def _homes(names: list[str], groups: Groups, others: Groups) -> list[tuple[str, str]]:
    """Return (name, other) for each named group half of whose persons are in that other group."""
    mine = persons_only({name: groups[name] for name in names})
    counts = shared(mine, persons_only(others))
    best = {name: closest(row) for name, row in counts.items()}
    return [(name, o) for name, (o, count) in best.items() if count >= HALF * len(mine[name])]
