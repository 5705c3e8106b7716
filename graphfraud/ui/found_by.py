"""How a ring acts, which patterns found it, and its ties between other things than two persons."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from graphfraud.api import Ring
from graphfraud.ui import figures
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
    """Show what each pattern that found the ring counted, what chance gives, and its p-value."""
    rows = ring.patterns
    told = pd.DataFrame(
        {
            "pattern": [words.name("pattern", str(code)) for code in rows["pattern"]],
            "observed": rows["observed"],
            "expected": [figures.chance(value) for value in rows["expected"]],
            "lift": rows["lift"],
            "p_value": [figures.chance(value) for value in rows["p_value"]],
            "status": [words.name("status", str(code)) for code in rows["status"]],
            "sentence": rows[f"summary_{words.language}"],
        }
    )
    columns = {
        "pattern": text(words("found_by.pattern")),
        "observed": number(words("found_by.observed")),
        "expected": text(words("found_by.expected")),
        "lift": number(words("ties.lift"), "%.1f"),
        "p_value": text(words("ties.p_value")),
        "status": text(words("leads.status")),
        "sentence": text(words("found_by.sentence"), width="large"),
    }
    shown(told, columns)


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
