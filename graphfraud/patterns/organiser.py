"""Who holds a ring together: the person through whom most of its ties run (Freeman 1977).

Betweenness (doi:10.2307/3033543) is the share of all pairs of others whose shortest paths run
through a person. In a ring where everyone is tied to everyone nobody is between, and small
differences mean nothing: so an organiser lies between at least half of all pairs.
"""

import networkx as nx
import pandas as pd

HALF = 0.5


def with_organiser(members: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Return the members (entity_type, entity_id, role, …) with the organiser's role named.

    ties: between persons, a and b. Of two who lie between as many, neither is named.
    """
    name = organiser(ties)
    if not name:
        return members
    mine = (members["entity_type"] == "person") & (members["entity_id"] == name)
    return members.assign(role=members["role"].mask(mine, "organiser"))


def organiser(ties: pd.DataFrame) -> str:
    """Return who lies between the most pairs, at least half of them; '' where nobody does.

    >>> organiser(pd.DataFrame({"a": ["1", "2", "3"], "b": ["2", "3", "1"]}))
    ''
    >>> organiser(pd.DataFrame({"a": ["1", "2", "2"], "b": ["2", "3", "4"]}))
    '2'
    """
    graph: nx.Graph[str] = nx.Graph(list(zip(ties["a"], ties["b"], strict=True)))
    if nx.density(graph) == 1:  # nobody is between
        return ""
    between = nx.betweenness_centrality(graph)
    most = max(between.values(), default=0.0)
    first = [name for name, share in between.items() if share > most - 1e-9]
    return first[0] if len(first) == 1 and most >= HALF else ""
