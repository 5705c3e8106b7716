"""The first page: what a run found, the strongest first, and the duplicates beside it."""

import pandas as pd
import streamlit as st

from graphfraud.api import Results
from graphfraud.ui import board, duplicates, empty, figures, history, state
from graphfraud.ui.history import Notes
from graphfraud.ui.markup import tag, together
from graphfraud.ui.source import Marks
from graphfraud.ui.words import Words

PAGE = 20
KINDS = ("lead", "explained", "all")


def show(words: Words, results: Results, marks: Marks) -> None:
    """Show the leads of a run, what was explained, and pairs of duplicate claims."""
    rings = results.rings
    st.html(_heading(words, results))
    found, twice = st.tabs(
        [
            words("leads.heading"),
            words("duplicates.tab", count=figures.count(len(results.duplicates))),
        ]
    )
    with found:
        _rings(words, rings, history.short(words, marks))
    with twice:
        duplicates.show(words, results.duplicates)


def _heading(words: Words, results: Results) -> str:
    rings = results.rings
    leads = rings[rings["status"] == "lead"]
    counts = words(
        "leads.counts",
        leads=figures.count(len(leads)),
        explained=figures.count(len(rings) - len(leads)),
        pairs=figures.count(len(results.duplicates)),
    )
    money = words("leads.counts_money", fund=figures.money(words, leads["fund_amount_once"].sum()))
    title = tag("div", words("leads.title"), cls="gf-title")
    return together(title, tag("div", f"{counts} · {money}", cls="gf-quiet"))


def _rings(words: Words, rings: pd.DataFrame, notes: Notes) -> None:
    parts = {
        "lead": rings[rings["status"] == "lead"],
        "explained": rings[rings["status"] == "explained"],
        "all": rings,
    }
    kind = _filter(words, {name: len(part) for name, part in parts.items()})
    chosen = parts[kind]
    if chosen.empty and kind == "explained":
        st.html(tag("p", words("empty.filter_text"), cls="gf-sentence"))
    elif chosen.empty:
        empty.no_leads(words, len(parts["explained"]))
    else:
        _page(words, chosen, notes)


def _filter(words: Words, counts: dict[str, int]) -> str:
    chosen = st.segmented_control(
        words("leads.filter"),
        KINDS,
        default="lead",
        required=True,
        format_func=lambda name: words(f"leads.show_{name}", count=counts[name]),
        key="kind",
        label_visibility="collapsed",
    )
    return str(chosen)


def _page(words: Words, rings: pd.DataFrame, notes: Notes) -> None:
    pages = -(-len(rings) // PAGE)
    board_place = st.container()
    number = st.pagination(pages, key="page") if pages > 1 else 1
    with board_place:
        shown = rings.iloc[(number - 1) * PAGE : number * PAGE]
        board.show(shown, words, state.open_ring, notes)
        st.html(tag("p", words("leads.hint"), " ", words("leads.score_help"), cls="gf-quiet"))
