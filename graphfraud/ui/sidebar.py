"""The side bar: language, workspace, and which run is shown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from graphfraud.api import Results, Status
from graphfraud.ui import figures, state
from graphfraud.ui.complaints import complain
from graphfraud.ui.markup import tag, together
from graphfraud.ui.words import LANGUAGES, Words, catalogue

NAME = "graphfraud"


def brand() -> Words:
    """Show the name and the choice of language; return the words to speak in."""
    with st.sidebar:
        st.session_state.setdefault(state.LANGUAGE, state.first_language())
        words = catalogue(st.session_state[state.LANGUAGE])
        st.html(together(tag("div", NAME, cls="gf-brand"), tag("div", words("app.title"))))
        st.segmented_control(
            words("app.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key=state.LANGUAGE,
            required=True,
        )
    return words


def place(words: Words, path: Path) -> None:
    """Say which workspace is open."""
    with st.sidebar:
        head = tag("div", words("app.workspace"), cls="gf-head")
        st.html(together(head, tag("div", str(path), cls="gf-quiet")))


def choose_run(words: Words, status: Status) -> str | None:
    """Offer the runs, the newest first; return the chosen one, None for a link to no run of ours.

    Labels differ, because the browser answers with the label.
    """
    ids = [run.run_id for run in status.runs]
    when = {run.run_id: run.created_at for run in status.runs}
    wished = state.linked(state.RUN) or ids[0]
    st.session_state[state.RUN] = wished if wished in when else None

    with st.sidebar:
        st.selectbox(
            words("app.run"),
            ids,
            index=0 if wished in when else None,
            format_func=lambda run_id: f"{figures.minute(when[run_id])} · {run_id[:6]}",
            key=state.RUN,
            on_change=state.open_run,
        )
        st.html(tag("div", words("app.run_id", run=wished), cls="gf-quiet"))
    if wished not in when:
        complain(words, words("error.run", run=wished), words("error.run_hint"))
        return None
    return wished


def offer_pages(words: Words) -> None:
    """Offer the ways to the facilities above their peers and to the saved questions."""
    with st.sidebar:
        st.button(words("peers.open"), on_click=state.open_peers, key="compare")
        st.button(words("questions.open"), on_click=state.open_questions, key="ask")


def about(words: Words, results: Results) -> None:
    """Show what the run says about itself: its notes, the tables the data lacks, our promise."""
    lines = [*_notes(words, results.run), *_absent(words, results.run)]
    with st.sidebar:
        if lines:
            head = tag("div", words("app.notes"), cls="gf-head")
            notes = (tag("p", line) for line in lines)
            st.html(together(head, tag("div", *notes, cls="gf-quiet")))
        st.html(tag("div", words("app.promise"), cls="gf-quiet"))


def _notes(words: Words, run: Mapping[str, Any]) -> list[str]:
    """Return what each pattern had to say about the data, patterns in their order."""
    told = run.get("notes_zh" if words.language == "zh" else "notes", {})
    return [str(note) for notes in told.values() for note in notes]


def _absent(words: Words, run: Mapping[str, Any]) -> list[str]:
    """Return which tables the data lacks, and which patterns could not be looked for without."""
    tables, comma = [str(table) for table in run.get("absent_tables", ())], words("list.comma")
    lines = [words("app.absent", tables=comma.join(tables))] if tables else []
    lines += [
        words("app.not_looked_for", pattern=words.name("pattern", name), needs=comma.join(needs))
        for name, needs in run.get("not_looked_for", {}).items()
    ]
    return lines + [
        words("app.not_tested", reason=words.name("reason", code), leads=leads)
        for code, leads in run.get("reasons_not_tested", {}).items()
    ]
