"""The frame around every page: what the address asks for decides what is shown."""

from importlib.resources import files
from pathlib import Path

import streamlit as st

from graphfraud.api import Status
from graphfraud.settings import workspace_path
from graphfraud.ui import empty, leads, peers, questions, ring, sidebar, source, state
from graphfraud.ui.complaints import complain, in_sentences
from graphfraud.ui.words import Words


def show() -> None:
    """Show the page that the address names, in the chosen language."""
    st.set_page_config(page_title=sidebar.NAME, layout="wide", initial_sidebar_state=276)
    st.html(f"<style>{_style()}</style>")
    words = sidebar.brand()
    with in_sentences(words):
        path = workspace_path()
        sidebar.place(words, path)
        _workspace(words, path)


def _workspace(words: Words, path: Path) -> None:
    if not source.present(path):
        empty.no_workspace(words, path)
        return
    status = source.status(path)
    if status.runs:
        _run(words, path, status)
    elif status.feeds:
        empty.no_run(words, path, len(status.feeds))
    else:
        empty.no_feeds(words, path)


def _run(words: Words, path: Path, status: Status) -> None:
    run_id = sidebar.choose_run(words, status)
    if run_id is None:
        return
    results = source.results(str(path.resolve()), run_id)
    sidebar.about(words, results)
    sidebar.offer_pages(words)
    ring_id = state.linked(state.RING)
    if state.linked(state.PAGE) == state.QUESTIONS:
        questions.show(words, path, run_id)
    elif state.linked(state.PAGE) == state.PEERS:
        peers.show(words, results)
    elif not ring_id:
        leads.show(words, results, source.marks(path, run_id))
    elif ring_id in set(results.rings["ring_id"]):
        names = {feed.feed_id: feed.file_name for feed in status.feeds}
        sight = source.seen(str(path.resolve()), run_id, ring_id)
        ring.show(words, sight, names, source.marks(path, run_id))
    else:
        _no_ring(words, ring_id)


def _no_ring(words: Words, ring_id: str) -> None:
    st.button(words("ring.back"), on_click=state.close_ring, key="back", type="tertiary")
    complain(words, words("ring.unknown", ring=ring_id), words("ring.unknown_hint"))


def _style() -> str:
    return files("graphfraud.ui").joinpath("style.css").read_text(encoding="utf-8")
