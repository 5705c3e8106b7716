"""A ring's conduct signals, assessed or not: points, sentence, and the claims that decided."""

from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.ui import figures
from graphfraud.ui.markup import Markup, tag
from graphfraud.ui.words import Words

SHOWN = 4

Row = dict[Any, Any]


def show(words: Words, signals: pd.DataFrame) -> None:
    """List the signals in the run's order; say so where there are none."""
    if signals.empty:
        st.html(tag("p", words("signals.empty"), cls="gf-sentence"))
        return
    lines = [_line(row, words) for row in signals.to_dict("records")]
    st.html(tag("ul", *lines, cls="gf-list"))
    st.html(tag("p", words("signals.help"), cls="gf-quiet"))


def _line(row: Row, words: Words) -> Markup:
    assessed = str(row["assessed"]) == "yes"
    said = "assessed" if assessed else "untested"
    points = words("signals.points", points=figures.score(row["points"]))
    mark = points if assessed else words("signals.not_assessed")
    name = words.name("signal", str(row["code"]))
    sentence = figures.text(row[f"sentence_{words.language}"], "")
    return tag(
        "li",
        tag("span", mark, cls=f"gf-verdict {said}"),
        tag("span", name, cls="gf-name"),
        tag("span", sentence, _decided(row, words)),
        cls="gf-reason",
    )


def _decided(row: Row, words: Words) -> Markup:
    """Name the first claims that decided, and say how many did; nothing where none did."""
    ids = [one for one in figures.text(row["claims"], "").split(";") if one]
    if not ids:
        return Markup()
    first = words("list.comma").join(ids[:SHOWN])
    key = "signals.claims" if len(ids) <= SHOWN else "signals.claims_first"
    return tag("span", words(key, claims=first, count=figures.count(len(ids))), cls="gf-claims")
