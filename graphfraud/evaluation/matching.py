"""Which lead stands for which true ring: one to one, with the highest total Jaccard index.

Kuhn 1955, Munkres 1957; scipy's linear_sum_assignment (Crouse 2016). Leads and rings that share
nobody cannot touch each other's assignment, so each connected part is solved on its own.
"""

from collections.abc import Mapping

import networkx as nx
import numpy as np

from graphfraud.evaluation.groups import Overlaps

Partners = Mapping[str, tuple[str, float]]


def matched(overlaps: Overlaps) -> Partners:
    """Return lead -> (ring, Jaccard) for every lead that has a partner; order does not matter.

    >>> matched({"A": {"X": 0.5, "Y": 0.4}, "B": {"X": 0.4}})
    {'A': ('Y', 0.4), 'B': ('X', 0.4)}
    """
    found: dict[str, tuple[str, float]] = {}
    for leads, rings in _parts(overlaps):
        found |= _assigned(leads, rings, overlaps)
    return {lead: found[lead] for lead in overlaps if lead in found}


def _parts(overlaps: Overlaps) -> list[tuple[list[str], list[str]]]:
    """Return the connected parts of the graph of overlaps: sorted leads, sorted rings."""
    graph = nx.Graph(((0, lead), (1, ring)) for lead, shares in overlaps.items() for ring in shares)
    parts = (sorted(part) for part in nx.connected_components(graph))
    return [tuple([name for side, name in part if side == s] for s in (0, 1)) for part in parts]  # type: ignore[misc]


def _assigned(
    leads: list[str], rings: list[str], overlaps: Overlaps
) -> dict[str, tuple[str, float]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  no other command needs it

    jaccard = np.array([[overlaps[lead].get(ring, 0.0) for ring in rings] for lead in leads])
    pairs = zip(*linear_sum_assignment(jaccard, maximize=True), strict=True)
    return {leads[a]: (rings[b], float(jaccard[a, b])) for a, b in pairs if jaccard[a, b]}
