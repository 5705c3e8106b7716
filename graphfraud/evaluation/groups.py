"""Groups of entities as sets, and how much two families of groups share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

Entity = tuple[str, str]  # entity_type, entity_id
Groups = Mapping[str, frozenset[Entity]]
Overlaps = Mapping[str, Mapping[str, float]]


def gathered(members: pd.DataFrame, key: str, names: Iterable[str]) -> Groups:
    """Return the entities of each named group, in the order of `names`; some may have none.

    members: a row a member with the columns `key`, entity_type, entity_id.
    """
    found: dict[str, set[Entity]] = {name: set() for name in names}
    columns = (members[column] for column in (key, "entity_type", "entity_id"))
    for name, kind, entity in zip(*columns, strict=True):
        if name in found:
            found[name].add((str(kind), str(entity)))
    return {name: frozenset(entities) for name, entities in found.items()}


def persons_only(groups: Groups) -> Groups:
    """Return the groups with their persons alone; a group without persons is left out.

    >>> persons_only({"A": frozenset({("person", "1"), ("doctor", "1")}), "B": frozenset()})
    {'A': frozenset({('person', '1')})}
    """
    persons = {
        name: frozenset(one for one in group if one[0] == "person")
        for name, group in groups.items()
    }
    return {name: group for name, group in persons.items() if group}


def shared(groups: Groups, others: Groups) -> Mapping[str, Counter[str]]:
    """Return how many entities each group shares with each of the others; pairs with none are out.

    The work is that of the shared memberships, never that of all pairs of groups.
    """
    holders = defaultdict(list)
    for name, group in others.items():
        for entity in group:
            holders[entity].append(name)
    return {
        name: Counter(other for entity in group for other in holders.get(entity, ()))
        for name, group in groups.items()
    }


def overlaps(groups: Groups, others: Groups) -> Overlaps:
    """Return the Jaccard index (Jaccard 1901) of every pair of groups that share an entity.

    A quotient of two counts is the double next to the fraction, so that an index of exactly three
    in ten does reach 0.3.

    >>> a, b = frozenset({("person", "1"), ("person", "2")}), frozenset({("person", "2")})
    >>> overlaps({"A": a}, {"B": b})
    {'A': {'B': 0.5}}
    """
    return {
        name: {
            other: count / (len(groups[name]) + len(others[other]) - count)
            for other, count in counts.items()
        }
        for name, counts in shared(groups, others).items()
    }


def closest(candidates: Mapping[str, float]) -> tuple[str, float]:
    """Return the candidate with the highest value, the first by name among equals; "" for none.

    >>> closest({"b": 0.5, "a": 0.5}), closest({})
    (('a', 0.5), ('', 0.0))
    """
    best = min(candidates, key=lambda name: (-candidates[name], name), default="")
    return best, candidates.get(best, 0.0)
