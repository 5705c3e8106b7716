"""What goes wrong is said in sentences: what, and what to do next; never a traceback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from graphfraud.errors import GraphfraudError
from graphfraud.ui.markup import tag
from graphfraud.ui.words import Words

_LOG = logging.getLogger(__name__)


def complain(words: Words, message: str, hint: str) -> None:
    """Say that the page cannot be shown, why, and what to do."""
    with st.container(border=True, key="complaint"):
        st.html(tag("div", words("error.heading"), cls="gf-title"))
        st.html(tag("p", message, cls="gf-sentence"))
        if hint:
            st.html(tag("p", words("error.hint", hint=hint), cls="gf-sentence"))


@contextmanager
def in_sentences(words: Words) -> Iterator[None]:
    """Turn an error of ours into its sentence, and any other into one that names no detail."""
    try:
        yield
    except GraphfraudError as error:
        complain(words, error.message, error.hint)
    except Exception:  # noqa: BLE001  the last line: a traceback on a page is a bug
        _LOG.exception("A page failed")
        complain(words, words("error.internal"), words("error.internal_hint"))
