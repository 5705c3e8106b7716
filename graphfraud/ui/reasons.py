"""The innocent reasons of a ring: each one that was tested, whether it was found or not."""

from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.ui import figures
from graphfraud.ui.markup import Markup, tag, together
from graphfraud.ui.words import Words

Row = dict[Any, Any]

VERDICTS = {
    "yes": "found",
    "true": "found",
    "1": "found",
    "no": "not_found",
    "false": "not_found",
    "0": "not_found",
}


def show(words: Words, reasons: pd.DataFrame) -> None:
    """List the reasons with verdict and sentence; say so where none was tested."""
    if reasons.empty:
        st.html(tag("p", words("reasons.empty"), cls="gf-sentence"))
        return
    lines = [_line(row, words) for row in reasons.to_dict("records")]
    st.html(tag("ul", *lines, cls="gf-list"))
    st.html(tag("p", words("reasons.help"), cls="gf-quiet"))


def verdicts(words: Words, reasons: pd.DataFrame) -> Markup:
    """Write the verdicts alone, for a reader who has not asked for more yet."""
    rows = reasons.to_dict("records")
    lines = [tag("li", *_verdict(row, words), cls="gf-reason") for row in rows]
    head = tag("div", words("reasons.heading"), cls="gf-head")
    return together(head, tag("ul", *lines, cls="gf-list")) if lines else Markup()


def verdict(found: object) -> str:
    """Return found, not_found or untested for what the run wrote.

    >>> verdict("yes"), verdict("no"), verdict("unknown")
    ('found', 'not_found', 'untested')
    """
    code = str(found).strip().lower()
    return code if code in {"found", "not_found"} else VERDICTS.get(code, "untested")


def _line(row: Row, words: Words) -> Markup:
    mark, _ = _verdict(row, words)
    sentence = figures.text(row[f"sentence_{words.language}"], "")
    return tag("li", mark, tag("span", sentence), cls="gf-reason")


def _verdict(row: Row, words: Words) -> tuple[Markup, Markup]:
    said = verdict(row["found"])
    name = words.name("reason", str(row["code"]))
    return (
        tag("span", words(f"reasons.{said}"), cls=f"gf-verdict {said}"),
        tag("span", name, cls="gf-name"),
    )
