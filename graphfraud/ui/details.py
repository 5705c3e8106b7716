"""Beside the picture: the chosen node, whom it was seen with, where it went."""

from typing import Any

import streamlit as st

from graphfraud.ui import figures, reasons, state
from graphfraud.ui.markup import Markup, tag, together
from graphfraud.ui.source import Sight
from graphfraud.ui.words import Words

SHOWN = 5

Row = dict[str, Any]
Line = tuple[str, Row]  # the other end's name, and the line's data


def chosen(words: Words, names: list[str]) -> str:
    """Offer the nodes as a list, the way in without a mouse; return the chosen one or ''."""
    if st.session_state.get(state.NODE) not in names:
        st.session_state[state.NODE] = None
    return (
        st.selectbox(
            words("details.choose"),
            names,
            index=None,
            format_func=lambda name: _label(words, name),
            placeholder=words("details.choose"),
            key=state.NODE,
            label_visibility="collapsed",
        )
        or ""
    )


def _label(words: Words, name: str) -> str:
    """Name a node in the list; labels must differ, because the browser answers with the label."""
    kind, _, identifier = name.partition(":")
    return f"{identifier} · {words.name('kind', kind)}"


def show(words: Words, sight: Sight, name: str) -> None:
    """Show the node `name`: role, weight, strongest ties, visits; without one, the reasons."""
    if not name:
        hint = tag("p", words("details.nothing"), cls="gf-sentence")
        st.html(together(hint, reasons.verdicts(words, sight.ring.reasons)))
        return
    graph = sight.graph
    lines = [(other, data) for _, other, data in graph.edges(name, data=True)]
    st.html(together(_facts(graph.nodes[name], words), _ties(lines, words), _visits(lines, words)))


def _facts(data: Row, words: Words) -> Markup:
    kind = words.name("kind", str(data["entity_type"]))
    role = words.name("role", str(data["role"])) if data["role"] else figures.NOTHING
    facts = (("role", role), ("weight", figures.score(data["weight"])))
    marks = (fact(words(f"details.{key}"), value) for key, value in facts)
    identifier = tag("div", tag("b", str(data["entity_id"])), " ", kind, cls="gf-sentence")
    return together(identifier, tag("div", *marks, cls="gf-facts"))


def fact(title: str, value: str, note: str = "") -> Markup:
    """Write one figure with its title above and a note behind it."""
    behind = tag("i", note) if note else Markup()
    return tag("div", tag("span", title), tag("b", value), behind, cls="gf-fact")


def _ties(lines: list[Line], words: Words) -> Markup:
    ties = [line for line in lines if line[1]["kind"] == "tie"]
    ties.sort(key=lambda line: (-int(line[1]["observed"]), line[0]))
    return _list(words, "tie", [_tie(line, words) for line in ties])


def _visits(lines: list[Line], words: Words) -> Markup:
    visits = [line for line in lines if line[1]["kind"] == "visits"]
    visits.sort(key=lambda line: (-int(line[1]["n_claims"]), line[0]))
    return _list(words, "place", [_visit(line, words) for line in visits])


def _list(words: Words, what: str, sentences: list[str]) -> Markup:
    if not sentences:
        return Markup()
    head = tag("div", words(f"details.{what}s"), cls="gf-head")
    items = tag("ul", *(tag("li", sentence) for sentence in sentences[:SHOWN]), cls="gf-list")
    more = len(sentences) - SHOWN
    rest = tag("div", words(f"details.more_{what}s", count=more), cls="gf-quiet")
    return together(head, items, rest if more > 0 else "")


def _tie(line: Line, words: Words) -> str:
    other, data = line
    return words(
        "details.tie",
        other=other.partition(":")[2],
        observed=figures.count(data["observed"]),
        expected=figures.chance(data["expected"]),
    )


def _visit(line: Line, words: Words) -> str:
    other, data = line
    return words(
        "details.place",
        other=other.partition(":")[2],
        count=figures.count(data["n_claims"]),
        total=figures.money(words, data["total_amount"]),
    )
