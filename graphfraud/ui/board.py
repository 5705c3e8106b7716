"""The ranked list: one row a ring, with score, p-value, joint visits, size, money and status."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.ui import figures, found_by
from graphfraud.ui.components import mounted
from graphfraud.ui.words import Words

KEY = "board"
COLUMNS = {
    "rank": "rank",
    "score": "narrow",
    "finding": "wide",
    "ties": "narrow",
    "size": "narrow",
    "money": "right",
    "status": "narrow",
}

Row = Mapping[Any, Any]
Cell = dict[str, Any]


def show(
    rings: pd.DataFrame,
    words: Words,
    choose: Callable[[str], None],
    notes: Mapping[str, list[str]],
) -> None:
    """Show the rings as they are ordered; a click on a row calls `choose` with the ring's id.

    notes: what stands under a ring's status.
    """
    columns = [{"title": words(f"leads.{name}"), "align": a} for name, a in COLUMNS.items()]
    rows = [_row(row, words, notes) for row in rings.to_dict("records")]
    mounted("board")(
        key=KEY,
        data={"columns": columns, "rows": rows},
        on_opened_change=lambda: choose(st.session_state[KEY]["opened"]),
    )


def summary(about: Row, words: Words) -> str:
    """Return the ring's sentence in the reader's language; empty where the run has none."""
    return figures.text(about[f"summary_{words.language}"], "")


def explanation(about: Row, words: Words) -> str:
    """Name the innocent reasons that account for the ring, or say that none does."""
    codes = figures.text(about["explanation"], "")
    if not codes:
        return words("leads.no_reason")
    return words("leads.explained_by", reason=words.names("reason", codes))


def _row(about: Row, words: Words, notes: Mapping[str, list[str]]) -> Cell:
    status, ring_id = str(about["status"]), str(about["ring_id"])
    cells = (
        {"text": figures.count(about["rank"])},
        _score(about, words),
        _finding(about, words),
        _ties(about, words),
        _size(about, words),
        _money(about, words),
        {
            "text": words.name("status", status),
            "badge": status,
            "notes": notes.get(ring_id, []),
        },
    )
    return {"id": ring_id, "cells": list(cells)}


def _score(about: Row, words: Words) -> Cell:
    value = figures.score(about["score"])
    p_value = words("leads.p", p=figures.chance(about["p_value"]))
    share = None if value == figures.NOTHING else float(value)
    return {"text": value, "bar": share, "notes": [p_value]}


def _finding(about: Row, words: Words) -> Cell:
    pattern = words.name("pattern", str(about["pattern"]))
    said = (summary(about, words), explanation(about, words), found_by.others(about, words))
    notes = [text for text in said if text]
    return {"text": pattern, "chips": found_by.acts(about, words), "notes": notes}


def _ties(about: Row, words: Words) -> Cell:
    expected = words("leads.by_chance", expected=figures.chance(about["expected"]))
    observed = words("leads.observed", observed=figures.count(about["observed"]))
    return {"text": observed, "notes": [expected]}


def _size(about: Row, words: Words) -> Cell:
    persons = words("leads.size_people", persons=figures.count(about["n_persons"]))
    places = words("leads.size_places", facilities=figures.count(about["n_facilities"]))
    return {"text": persons, "notes": [places]}


def _money(about: Row, words: Words) -> Cell:
    total = words("leads.of_total", total=figures.money(words, about["total_amount"]))
    return {"text": figures.money(words, about["fund_amount"]), "notes": [total]}
