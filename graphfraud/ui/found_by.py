"""How a ring acts, which patterns found it, and its ties between other things than two persons."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.api import Ring
from graphfraud.ui import figures
from graphfraud.ui.markup import Markup, tag
from graphfraud.ui.tables import number, shown, text
from graphfraud.ui.words import Words

About = Mapping[Any, Any]


def acts(about: About, words: Words) -> list[str]:
    """Return how the ring acts, in the names that the field has for it."""
    codes = figures.text(about["variants"], "")
    return [words.name("variant", code) for code in codes.split(";") if code]


def others(about: About, words: Words) -> str:
    """Name the other patterns that found the ring; empty where none did."""
    codes = figures.text(about["also_found_by"], "")
    return words("found_by.also", patterns=words.names("pattern", codes)) if codes else ""


def patterns(words: Words, ring: Ring) -> None:
    """Show what each pattern that found the ring says of it: counted, by chance, p-value."""
    lines = [_pattern(row, words) for row in ring.patterns.to_dict("records")]
    st.html(tag("ul", *lines, cls="gf-list"))


def _pattern(row: About, words: Words) -> Markup:
    numbers = words(
        "found_by.numbers",
        observed=figures.count(row["observed"]),
        expected=figures.chance(row["expected"]),
        p_value=figures.chance(row["p_value"]),
        status=words.name("status", str(row["status"])),
    )
    sentence = figures.text(row[f"summary_{words.language}"], "")
    return tag(
        "li",
        tag("span", words.name("pattern", str(row["pattern"])), cls="gf-verdict"),
        tag("span", sentence, tag("span", numbers, cls="gf-claims")),
        cls="gf-reason",
    )


def links(words: Words, ring: Ring) -> None:
    """Show the ties that join a person and a place, a doctor and a pharmacy, two accounts, …."""
    rows = ring.links
    told = pd.DataFrame({end: _end(rows, end, words) for end in "ab"}).assign(
        pattern=[words.name("pattern", str(code)) for code in rows["pattern"]],
        observed=rows["observed"],
        expected=[figures.chance(value) for value in rows["expected"]],
        lift=rows["lift"],
        p_value=rows["p_value"],
        q_value=rows["q_value"],
    )
    columns = {
        "a": text(words("found_by.one"), width="medium"),
        "b": text(words("found_by.other"), width="medium"),
        "pattern": text(words("found_by.pattern")),
        "observed": number(words("found_by.observed")),
        "expected": text(words("found_by.expected")),
        "lift": number(words("ties.lift"), "%.1f"),
        "p_value": number(words("ties.p_value"), "%.2e"),
        "q_value": number(words("ties.q_value"), "%.2e"),
    }
    shown(told, columns)


def _end(rows: pd.DataFrame, end: str, words: Words) -> list[str]:
    kinds = (words.name("kind", str(kind)) for kind in rows[f"entity_type_{end}"])
    return [f"{who} · {kind}" for who, kind in zip(rows[f"entity_id_{end}"], kinds, strict=True)]
