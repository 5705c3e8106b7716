"""A ring as nodes and edges that the network component draws: marks, places, hover lines.

At most `LIMIT` elements at first sight: more is a hairball that nobody reads.
"""

import math
from dataclasses import dataclass
from typing import Any

from graphfraud.ui import figures
from graphfraud.ui.marks import MARKS, TIE_COLOUR, VISIT_COLOUR, mark
from graphfraud.ui.source import Sight
from graphfraud.ui.words import Words

LIMIT = 300
_NODES = 120  # leaves the larger part of the limit to the lines
_LABELLED = 60  # beyond, persons' labels would overlap
_PITCH = 105.0  # pixels between neighbours, before the view fits the frame

Row = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """What is drawn, and how much there is: `nodes` and `edges` as vis-network takes them."""

    nodes: list[Row]
    edges: list[Row]
    all_nodes: int
    all_edges: int

    @property
    def is_whole(self) -> bool:
        """Say whether everything there is is drawn."""
        return (len(self.nodes), len(self.edges)) == (self.all_nodes, self.all_edges)


def picture(sight: Sight, words: Words, *, everything: bool = False) -> Picture:
    """Draw `everything`, or the weightiest nodes and strongest edges, `LIMIT` in all."""
    graph = sight.graph
    nodes = dict(graph.nodes(data=True))
    chosen = list(nodes) if everything else _weightiest(nodes)
    inside = set(chosen)
    lines = [(a, b, d) for a, b, d in graph.edges(data=True) if a in inside and b in inside]
    kept = lines if everything else sorted(lines, key=_strength)[: LIMIT - len(chosen)]
    places = _spread(sight.places, chosen)
    return Picture(
        [_node(name, nodes[name], places[name], len(chosen), words) for name in chosen],
        [_edge(number, *line, words) for number, line in enumerate(kept)],
        len(nodes),
        graph.number_of_edges(),
    )


def legend(shown: Picture, words: Words) -> list[Row]:
    """Explain the marks and lines that occur in the picture."""
    kinds = {str(node["kind"]) for node in shown.nodes}
    marks = [
        {"shape": mark(kind).shape, "colour": mark(kind).colour, "text": words.name("kind", kind)}
        for kind in [*MARKS, *sorted(kinds - set(MARKS))]
        if kind in kinds
    ]
    dashed = {bool(edge["dashes"]) for edge in shown.edges}
    lines = [(False, "graph.edge_tie"), (True, "graph.edge_visit")]
    return marks + [{"dashes": d, "text": words(key)} for d, key in lines if d in dashed]


def _weightiest(nodes: dict[str, Row]) -> list[str]:
    """Keep the nodes of most weight, places first: they hold the picture together."""
    order = sorted(nodes, key=lambda name: (_is_person(nodes[name]), -_weight(nodes[name]), name))
    return sorted(order[:_NODES])


def _strength(line: tuple[str, str, Row]) -> tuple[float, str, str]:
    """Order lines with the strongest first: ties by lift, visits by their claims."""
    a, b, data = line
    return -float((data.get("lift") or 0.0) + (data.get("n_claims") or 0)), a, b


def _spread(places: dict[str, tuple[float, float]], names: list[str]) -> dict[str, Row]:
    """Stretch the server's places to the frame's proportions, in pixels."""
    width = _PITCH * math.sqrt(max(len(names), 4)) * 1.3
    columns = [[places[name][axis] for name in names] for axis in (0, 1)]
    sides = [_side(column) for column in columns]
    sizes = (width, width * 0.55)
    return {
        name: {
            key: round((places[name][axis] - sides[axis][0]) / sides[axis][1] * sizes[axis], 1)
            for axis, key in enumerate("xy")
        }
        for name in names
    }


def _side(column: list[float]) -> tuple[float, float]:
    """Return the least value and the extent; an extent of zero becomes one, to divide by."""
    least, most = min(column, default=0.0), max(column, default=0.0)
    return least, most - least or 1.0


def _node(name: str, data: Row, place: Row, drawn: int, words: Words) -> Row:
    kind, identifier = str(data["entity_type"]), str(data["entity_id"])
    look = mark(kind)
    label = identifier if drawn <= _LABELLED or kind != "person" else ""
    role = words.name("role", str(data["role"] or ""))
    lines = [identifier, " · ".join(part for part in (words.name("kind", kind), role) if part)]
    colour = {"background": look.colour, "border": "#FFFFFF"}
    highlight = {"background": look.colour, "border": "#111111"}
    return {
        "id": name,
        "kind": kind,
        "label": figures.short(label),
        "shape": look.shape,
        "size": look.size,
        "color": {**colour, "highlight": highlight, "hover": highlight},
        "lines": lines,
        **place,
    }


def _edge(number: int, a: str, b: str, data: Row, words: Words) -> Row:
    is_tie = data["kind"] == "tie"
    ends = " — ".join(name.partition(":")[2] for name in (a, b))
    said = tie_words(data, words) if is_tie else words("graph.visits", count=data["n_claims"])
    colour = TIE_COLOUR if is_tie else VISIT_COLOUR
    opacity = 0.5 if is_tie else 0.55
    return {
        "id": number,
        "from": a,
        "to": b,
        "width": _width(data.get("lift")) if is_tie else 1.0,
        "dashes": not is_tie,
        "color": {"color": colour, "hover": colour, "highlight": colour, "opacity": opacity},
        "opacity": opacity,
        "lines": [ends, said],
    }


def tie_words(data: Row, words: Words) -> str:
    """Say a tie in words: "42 joint visits; by chance 0.3 expected"."""
    observed, expected = figures.count(data["observed"]), figures.chance(data["expected"])
    return words("graph.tie", observed=observed, expected=expected)


def _width(lift: float | None) -> float:
    """Draw a tie 1 to 7 pixels wide: one more for each tenfold of its lift."""
    return round(min(7.0, 1.0 + math.log10(max(lift or 1.0, 1.0))), 2)


def _is_person(data: Row) -> bool:
    return bool(data["entity_type"] == "person")


def _weight(data: Row) -> float:
    return float(data["weight"] or 0.0)
