"""The picture: what is drawn, where, how thick, and that it never grows beyond its limit."""

from collections.abc import Sequence
from math import hypot

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.api import Ring
from graphfraud.model.results import RESULTS
from graphfraud.ui.marks import MARKS, OTHER, mark
from graphfraud.ui.picture import LIMIT, legend, picture
from graphfraud.ui.source import Sight, sight
from graphfraud.ui.words import catalogue

ZH, EN = catalogue("zh"), catalogue("en")


def _ring(persons: int, places: int, *, ties: bool = True) -> Ring:
    """Return a ring where everybody is tied to everybody and goes to every place."""
    people, shops = [f"P{n:03d}" for n in range(persons)], [f"F{n:03d}" for n in range(places)]
    members = [
        ("r", "person", name, "member", 0.5 + n / 1000, 1.0, "core")
        for n, name in enumerate(people)
    ]
    members += [("r", "facility", name, "place", 0.9, 1.0, "core") for name in shops]
    pairs = [(a, b) for a in people for b in people if a < b] if ties else []
    tied = [
        ("r", a, b, 10 + i, 0.1, 100.0 * (1 + i), 0.0, 0.0, "") for i, (a, b) in enumerate(pairs)
    ]
    claims = [
        ("r", 1, f"c{p}{f}", p, f, pd.Timestamp("2025-01-01"), 1000, 900)
        for p in people
        for f in shops
    ]
    reasons = _table("ring_reasons", [])
    return Ring(
        "r",
        {},
        _table("ring_members", members),
        _table("ring_ties", tied),
        _table("ring_claims", claims),
        reasons,
    )


def _sight(persons: int, places: int, *, ties: bool = True) -> Sight:
    return sight(_ring(persons, places, ties=ties))


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(RESULTS[name].columns))


def test_a_small_ring_is_drawn_whole() -> None:
    shown = picture(_sight(4, 2), ZH)
    assert shown.is_whole
    assert (len(shown.nodes), len(shown.edges)) == (6, 6 + 8)
    assert {node["shape"] for node in shown.nodes} == {"dot", "square"}


def test_a_tie_says_observed_against_expected_and_a_visit_its_claims() -> None:
    lines = {edge["lines"][0]: edge["lines"][1] for edge in picture(_sight(2, 1), EN).edges}
    assert lines["P000 — P001"] == "10 joint visits; by chance 0.1 expected"
    assert "1 claims" in lines.values()


def test_edges_grow_with_lift_and_only_ties_are_solid() -> None:
    edges = picture(_sight(5, 1), ZH).edges
    widths = [edge["width"] for edge in edges if not edge["dashes"]]
    assert sorted(widths) == sorted(set(widths))
    assert 3.0 <= min(widths) < max(widths) <= 7.0
    assert {edge["width"] for edge in edges if edge["dashes"]} == {1.0}


def test_a_large_ring_is_cut_to_the_limit_and_the_strongest_stay() -> None:
    ring = _ring(60, 12)
    shown = picture(sight(ring), ZH)
    assert len(shown.nodes) + len(shown.edges) == LIMIT
    assert (shown.all_nodes, shown.all_edges) == (72, 60 * 59 // 2 + 60 * 12)
    assert not shown.is_whole
    strongest = ring.ties.sort_values("lift").iloc[-1]
    ends = {(edge["from"], edge["to"]) for edge in shown.edges}
    assert (f"person:{strongest['person_id_a']}", f"person:{strongest['person_id_b']}") in ends


def test_everything_is_drawn_when_asked_for() -> None:
    shown = picture(_sight(60, 12), ZH, everything=True)
    assert shown.is_whole


def test_persons_labels_give_way_where_they_would_overlap() -> None:
    labels = {node["kind"]: node["label"] for node in picture(_sight(70, 3, ties=False), ZH).nodes}
    assert labels["person"] == ""
    assert labels["facility"].startswith("F")


def test_the_same_ring_gives_the_same_picture() -> None:
    assert picture(_sight(9, 3), ZH) == picture(_sight(9, 3), ZH)


@pytest.mark.parametrize(("persons", "places"), [(1, 0), (2, 0), (1, 1), (40, 3)])
def test_places_are_finite_and_apart(persons: int, places: int) -> None:
    nodes = picture(_sight(persons, places), ZH).nodes
    spots = [(node["x"], node["y"]) for node in nodes]
    assert len(set(spots)) == len(spots)
    assert all(hypot(*spot) < 5000 for spot in spots)


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    texts = [entry["text"] for entry in legend(picture(_sight(2, 0), EN), EN)]
    assert texts == ["insured person", "joint visits"]
    texts = [entry["text"] for entry in legend(picture(_sight(2, 1), EN), EN)]
    assert texts == ["insured person", "facility", "joint visits", "visit"]


def test_marks_differ_in_shape_and_in_colour() -> None:
    marks = [*MARKS.values(), OTHER]
    assert len({one.shape for one in marks}) == len({one.colour for one in marks}) == len(marks)


@given(st.text())
def test_every_kind_has_a_mark(kind: str) -> None:
    assert mark(kind) in [*MARKS.values(), OTHER]
