"""Judges whether a group is still a lead once everything innocent is taken out of it."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphfraud.findings.explanations import REASONS, bound_by_home
from graphfraud.network.significance import log_likelihood_ratio, upper_tail
from graphfraud.patterns.contract import Group, Outcome

SHOWN_FROM = 0.2  # a reason that excuses less than this share is no explanation by itself


@dataclass(frozen=True)
class Verdict:
    """status: lead or explained; explanation: reason codes joined by ';'; what is left over."""

    status: str
    explanation: str
    unexplained: float


def verdict(
    group: Group, excused: NDArray[np.str_], outcome: Outcome, *, level: float, parties: int
) -> Verdict:
    """Judge a group; level: family-wise; parties: the fewest independent parties of a lead.

    The p-value of what is left is taken from the same replicates as the group's own.
    """
    share = float((excused == "").mean()) if len(excused) else 1.0
    if share == 1.0 or (
        _still_significant(group, excused, outcome, level)
        and _parties(group, excused, outcome) >= parties
    ):
        return Verdict("lead", "", share)
    return Verdict("explained", _codes(excused), share)


def _codes(excused: NDArray[np.str_]) -> str:
    shares = {code: float((excused == code).mean()) for code in REASONS}
    main = [code for code, share in shares.items() if share >= SHOWN_FROM]
    return ";".join(main or [max(shares, key=lambda code: shares[code])])


def _still_significant(
    group: Group, excused: NDArray[np.str_], outcome: Outcome, level: float
) -> bool:
    left = group.meetings[excused == ""]
    count = len(left[["a", "b", "day"]].drop_duplicates())
    statistic = log_likelihood_ratio(count, group.expected)
    beaten = sum(best >= statistic for best in outcome.null_best)
    return statistic > 0 and (1 + beaten) / (1 + len(outcome.null_best)) <= level


def _parties(group: Group, excused: NDArray[np.str_], outcome: Outcome) -> int:
    """Return the most independent parties that unexcused ties hold together."""
    homes: nx.Graph[str] = nx.Graph(bound_by_home(group, excused))
    party = {
        person: f"home {number}"
        for number, home in enumerate(sorted(map(sorted, nx.connected_components(homes))))
        for person in home
    }
    left = group.meetings[excused == ""].groupby(["a", "b"])["day"].nunique()
    pairs = list(group.ties[["a", "b"]].itertuples(index=False, name=None))
    counts = np.array([int(left.get(pair, 0)) for pair in pairs])
    p = upper_tail(counts, group.ties["expected"].to_numpy(float), outcome.dispersion)
    strong = [pair for pair, keep in zip(pairs, p <= outcome.tie_level, strict=True) if keep]
    graph: nx.Graph[str] = nx.Graph((party.get(a, a), party.get(b, b)) for a, b in strong)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return max((len(part) for part in nx.connected_components(graph)), default=0)
