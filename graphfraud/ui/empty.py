"""Empty states that teach: what is missing, and the command that brings it."""

import shlex
from pathlib import Path

import streamlit as st

from graphfraud.ui.markup import tag
from graphfraud.ui.words import Words


def no_workspace(words: Words, path: Path) -> None:
    """Say that there is no workspace at `path`, and how to make one."""
    text = words("empty.workspace_text", path=path)
    _teach(words, words("empty.workspace_title"), text, [_load(path)])
    _sample(words)


def no_feeds(words: Words, path: Path) -> None:
    """Say that nothing is loaded, and how to load."""
    _teach(words, words("empty.feeds_title"), words("empty.feeds_text"), [_load(path)])
    _sample(words)


def no_run(words: Words, path: Path, feeds: int) -> None:
    """Say that data is there and no run, and how to start one."""
    command = f"graphfraud detect --workspace {_quoted(path)} --out results"
    _teach(words, words("empty.run_title"), words("empty.run_text", feeds=feeds), [command])


def no_leads(words: Words, explained: int) -> None:
    """Say that a run found nothing beyond chance, and what that means."""
    texts = [words("empty.leads_text"), words("empty.leads_meaning")]
    if explained:
        texts.append(words("empty.leads_explained", explained=explained))
    st.html(tag("div", words("empty.leads_title"), cls="gf-title"))
    st.html(tag("div", *(tag("p", text, cls="gf-sentence") for text in texts), cls="gf-empty"))


def _teach(words: Words, title: str, text: str, commands: list[str]) -> None:
    st.html(tag("div", title, cls="gf-title"))
    st.html(tag("p", text, cls="gf-sentence gf-empty"))
    for command in commands:
        st.code(command, language=None)
    st.html(tag("p", words("empty.reload"), cls="gf-quiet"))


def _sample(words: Words) -> None:
    st.html(tag("p", words("empty.sample_text"), cls="gf-sentence gf-empty"))
    st.code("graphfraud demo", language=None)


def _load(path: Path) -> str:
    return f"graphfraud load data/ --workspace {_quoted(path)}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
