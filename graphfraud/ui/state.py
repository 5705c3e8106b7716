"""What the address and the session remember: run and ring in the link, language and node beside.

A link carries identifiers only, so that it can be sent without telling anything about anybody.
"""

import os

import streamlit as st

from graphfraud.ui.words import DEFAULT_LANGUAGE, LANGUAGES

LANGUAGE, RUN, RING, NODE = "language", "run", "ring", "node"
PAGE, QUESTIONS, PEERS = "page", "questions", "peers"
LANGUAGE_VARIABLE = "GRAPHFRAUD_LANG"


def linked(name: str) -> str:
    """Return `run`, `ring` or `page` from the address; empty when the link names none."""
    return str(st.query_params.get(name, ""))


def open_ring(ring_id: str) -> None:
    """Go to a ring: the address names it and its run, and no node is chosen yet."""
    st.query_params.pop(PAGE, None)
    st.query_params.update({RUN: st.session_state[RUN], RING: ring_id})
    st.session_state.pop(NODE, None)


def close_ring() -> None:
    """Go back to the list."""
    st.query_params.pop(RING, None)
    st.session_state.pop(NODE, None)


def open_questions() -> None:
    """Go to the saved questions."""
    close_ring()
    st.query_params[PAGE] = QUESTIONS


def open_peers() -> None:
    """Go to the facilities above their peers."""
    close_ring()
    st.query_params[PAGE] = PEERS


def close_page() -> None:
    """Go back to the list."""
    st.query_params.pop(PAGE, None)


def open_run() -> None:
    """Go to the run that the sidebar's choice names."""
    close_ring()
    st.query_params[RUN] = st.session_state[RUN]


def choose_node(name: str) -> None:
    """Mark a node; a click on the picture and the list beside it meet here."""
    st.session_state[NODE] = name


def first_language() -> str:
    """Return the language before anyone chose: the environment's if we speak it, else Chinese."""
    wished = os.environ.get(LANGUAGE_VARIABLE, "")[:2].lower()
    return wished if wished in LANGUAGES else DEFAULT_LANGUAGE
