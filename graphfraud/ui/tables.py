"""A ring's ties, claims and members as tables that can be sorted, searched and saved.

The grid writes cells on a canvas, so a cell's text is never markup.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from graphfraud.api import Ring
from graphfraud.ui import figures
from graphfraud.ui.markup import tag
from graphfraud.ui.words import Words

HEIGHT = 380

Column = Any  # streamlit's column configuration is an untyped dictionary
Width = Literal["small", "medium", "large"] | int


def text(title: str, *, width: Width | None = None) -> Column:
    """Configure a column of texts."""
    return st.column_config.TextColumn(title, width=width)


def number(title: str, form: str | None = None) -> Column:
    """Configure a column of numbers; `form` as in printf."""
    return st.column_config.NumberColumn(title, format=form, width="small")


def amount(title: str) -> Column:
    """Configure a column of exact yuan."""
    return st.column_config.NumberColumn(title, format="accounting")


def shown(
    table: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    colour: tuple[str, Callable[[Any], str]] | None = None,
) -> None:
    """Show the table's `columns` in their order; colour: a column, and the style of its cells."""
    height: Any = HEIGHT if len(table) > 10 else "auto"
    styled: Any = table if colour is None else table.style.map(colour[1], subset=[colour[0]])
    st.dataframe(
        styled, hide_index=True, column_config=columns, column_order=list(columns), height=height
    )


def ties(words: Words, ring: Ring) -> None:
    """Show every tie: observed against expected in words, with lift, p, q and what explains it."""
    if ring.ties.empty:
        _nothing(words("ties.empty"))
        return
    rows = ring.ties.to_dict("records")
    said = [_sentence(row, words) for row in rows]
    why = [words.names("reason", figures.text(row["explained_by"], "")) for row in rows]
    columns = {
        "person_id_a": text(words("ties.person_a")),
        "person_id_b": text(words("ties.person_b")),
        "words": text(words("ties.words"), width=300),
        "lift": number(words("ties.lift"), "%.1f"),
        "p_value": number(words("ties.p_value"), "%.2e"),
        "q_value": number(words("ties.q_value"), "%.2e"),
        "why": text(words("ties.explained_by")),
    }
    shown(ring.ties.assign(words=said, why=why), columns)
    _nothing(words("ties.help"), cls="gf-quiet")


def claims(words: Words, ring: Ring, feed_names: Mapping[str, str]) -> None:
    """Show the claims of the joint visits, each with the delivered file and its record number."""
    if ring.claims.empty:
        _nothing(words("claims.empty"))
        return
    exact = {name: ring.claims[f"{name}_amount"].map(figures.yuan) for name in ("total", "fund")}
    feed = [feed_names.get(str(feed_id), str(feed_id)) for feed_id in ring.claims["feed_id"]]
    columns = {
        "event": number(words("claims.event")),
        "start_time": st.column_config.DatetimeColumn(
            words("claims.time"), format="YYYY-MM-DD HH:mm"
        ),
        "person_id": text(words("claims.person")),
        "facility_id": text(words("claims.facility")),
        "claim_id": text(words("claims.claim")),
        "total": amount(words("claims.total")),
        "fund": amount(words("claims.fund")),
        "feed": text(words("claims.feed")),
        "record_no": number(words("claims.record"), "%d"),
    }
    shown(ring.claims.assign(feed=feed, **exact), columns)
    _nothing(words("claims.help"), cls="gf-quiet")


def members(words: Words, ring: Ring) -> None:
    """Show who belongs to the ring, with role and weight."""
    kinds = [words.name("kind", str(kind)) for kind in ring.members["entity_type"]]
    roles = [words.name("role", figures.text(role, "")) for role in ring.members["role"]]
    columns = {
        "entity_id": text(words("members.id"), width="medium"),
        "kind": text(words("members.kind")),
        "role": text(words("members.role")),
        "weight": number(words("members.weight"), "%.2f"),
        "stability": number(words("members.stability"), "%.2f"),
        "standing": text(words("members.standing")),
    }
    standing = [words.name("standing", figures.text(one, "")) for one in ring.members["standing"]]
    shown(ring.members.assign(kind=kinds, role=roles, standing=standing), columns)
    _nothing(words("members.help"), cls="gf-quiet")


def _sentence(row: Mapping[Any, Any], words: Words) -> str:
    observed, expected = figures.count(row["observed"]), figures.chance(row["expected"])
    return words("ties.sentence", observed=observed, expected=expected)


def _nothing(sentence: str, *, cls: str = "gf-sentence") -> None:
    st.html(tag("p", sentence, cls=cls))
