"""Facilities far above their peers: which index, how far, on which warning line."""

from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.api import Results
from graphfraud.api.peers import LEVELS, Index, known_indices
from graphfraud.ui import figures, state
from graphfraud.ui.markup import Markup, tag, together
from graphfraud.ui.tables import number, shown, text
from graphfraud.ui.words import Words

# Sequential and told apart with any common colour vision (ColorBrewer YlOrBr); text stays black.
COLOURS = {1: "#fff7bc", 2: "#fec44f", 3: "#ec7014"}
MARK = "▲"

Row = dict[Any, Any]


def show(words: Words, results: Results) -> None:
    """Show the warning lines of a run, to be sifted by level, index and facility."""
    st.button(words("ring.back"), on_click=state.close_page, key="back", type="tertiary")
    title = tag("div", words("peers.title"), cls="gf-title")
    lines = {f"from_{level}": f"{line:.0%}" for level, line in LEVELS.items()}
    help_ = tag("p", words("peers.help", **lines), cls="gf-quiet")
    st.html(together(title, tag("p", _counts(words, results), cls="gf-sentence"), help_))
    for sentence in _not_assessed(words, results):
        st.html(tag("p", sentence, cls="gf-quiet"))
    if results.peers.empty:
        st.html(tag("p", words("peers.empty"), cls="gf-sentence"))
        return
    rows = results.peer_lines(**_asked(words, results.peers))
    if rows.empty:
        st.html(tag("p", words("peers.nothing"), cls="gf-sentence"))
    else:
        table(words, rows)


def table(words: Words, rows: pd.DataFrame) -> None:
    """Show warning lines as a table; rows: of Results.peer_lines."""
    known = {one.name: one for one in known_indices()}
    told = pd.DataFrame([_line(row, known, words) for row in rows.to_dict("records")])
    columns = {
        "facility": text(words("peers.facility")),
        "level": text(words("peers.level")),
        "index": text(words("peers.index"), width="medium"),
        "value": text(words("peers.value")),
        "median": text(words("peers.median")),
        "excess": number(words("peers.excess"), "%+.0f%%"),
        "among": text(words("peers.among")),
        "units": number(words("peers.units"), "localized"),
    }
    shown(told, columns, colour=("level", _coloured))
    said = [_reasons(one, words) for name, one in known.items() if name in set(rows["index"])]
    st.html(tag("ul", *said, cls="gf-list"))


def _reasons(index: Index, words: Words) -> Markup:
    """Say why an index is looked at, and what would excuse a high one."""
    zh = words.language == "zh"
    excuse = words("peers.excuse", excuse=index.excuse_zh if zh else index.excuse)
    name = tag("span", _called(index, index.name, words), cls="gf-index")
    why = tag("span", index.why_zh if zh else index.why, tag("span", excuse, cls="gf-claims"))
    return tag("li", name, why, cls="gf-reason")


def _counts(words: Words, results: Results) -> str:
    lines = results.peers
    places = figures.count(lines["facility_id"].nunique())
    by_level = {f"level_{n}": figures.count((lines["level"] == n).sum()) for n in LEVELS}
    return words("peers.counts", facilities=places, **by_level)


def _not_assessed(words: Words, results: Results) -> list[str]:
    known = {one.name: one for one in known_indices()}
    return [
        words(
            "peers.not_assessed",
            index=_called(known.get(name), name, words),
            needs=words("list.comma").join(needs),
        )
        for name, needs in results.run.get("peers_not_assessed", {}).items()
    ]


def _asked(words: Words, lines: pd.DataFrame) -> dict[str, Any]:
    """Offer level, index and facility; return what was chosen, for Results.peer_lines."""
    known = {one.name: one for one in known_indices()}
    first, second, third = st.columns([1.3, 1, 1], vertical_alignment="top")
    with first:
        level = st.segmented_control(
            words("peers.level"),
            list(LEVELS),
            default=1,
            required=True,
            format_func=lambda n: words(f"peers.from_{n}"),
            key="peer_level",
        )
    with second:
        index = st.selectbox(
            words("peers.index"),
            [name for name in known if name in set(lines["index"])],
            index=None,
            format_func=lambda name: _called(known.get(name), name, words),
            placeholder=words("peers.all"),
            key="peer_index",
        )
    with third:
        facility = st.selectbox(
            words("peers.facility"),
            sorted(set(lines["facility_id"])),
            index=None,
            placeholder=words("peers.all"),
            key="peer_facility",
        )
    chosen = {"indices": index, "facilities": facility}
    return {"level": level} | {name: [one] if one else [] for name, one in chosen.items()}


def _line(row: Row, known: dict[str, Index], words: Words) -> Row:
    one = known.get(str(row["index"]))
    return {
        "facility": row["facility_id"],
        "level": words("peers.level_mark", mark=MARK * int(row["level"]), level=row["level"]),
        "index": _called(one, str(row["index"]), words),
        "value": _figure(one, row["value"]),
        "median": _figure(one, row["peer_median"]),
        "excess": 100 * row["excess"],
        "among": words(f"peers.among_{row['peers']}", count=figures.count(row["n_peers"])),
        "units": row["n"],
    }


def _called(index: Index | None, name: str, words: Words) -> str:
    """Return an index's name; one that this version does not know stands for itself."""
    if index is None:
        return name
    return index.zh if words.language == "zh" else index.en


def _figure(index: Index | None, value: float) -> str:
    return f"{value:.1%}" if index is not None and index.is_share else f"{value:,.2f}"


def _coloured(cell: str) -> str:
    """Return the style of a level's cell; shape and text say the same as its colour."""
    return f"background-color: {COLOURS[cell.count(MARK)]}; color: #000"
