"""Saved questions to the knowledge graph: choose one, fill in its parameters, read the answer."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from graphfraud.graph.questions import QUESTIONS, Column, Parameter, Question
from graphfraud.model.ontology import ONTOLOGY, NodeKind
from graphfraud.ui import figures, source, state
from graphfraud.ui.markup import tag
from graphfraud.ui.tables import amount, number, shown, text
from graphfraud.ui.words import Words


def show(words: Words, path: Path, run_id: str) -> None:
    """Ask the graph of the chosen run's snapshot; it is made at the first question."""
    st.button(words("questions.back"), on_click=state.close_page, key="back", type="tertiary")
    st.html(tag("div", words("questions.title"), cls="gf-title"))
    name = st.selectbox(
        words("questions.choose"),
        list(QUESTIONS),
        format_func=lambda one: _said(words, QUESTIONS[one]),
        key="question",
    )
    question = QUESTIONS[name]
    given = {one.name: _asked(words, question, one) for one in question.parameters.values()}
    with st.spinner(words("questions.busy")):
        rows = source.answer(str(path.resolve()), run_id, name, tuple(given.items()))
    _answer(words, question, rows)
    with st.expander(words("questions.statement")):
        st.code(source.cypher_of(question), language=None)


def _said(words: Words, thing: Question | Parameter | Column | NodeKind) -> str:
    """Return what a thing of the graph is called in the page's language."""
    return thing.zh if words.language == "zh" else thing.en


def _asked(words: Words, question: Question, one: Parameter) -> str | int:
    key, label = f"{question.name}.{one.name}", _said(words, one)
    if one.type == "integer":
        least, most = one.least, one.most
        return int(st.number_input(label, least, most, int(one.default), key=key))
    return str(st.text_input(label, str(one.default), key=key)).strip()


def _answer(words: Words, question: Question, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        st.html(tag("p", words("questions.nothing"), cls="gf-sentence"))
        return
    kinds = list(question.columns.values())
    st.html(tag("p", words("questions.rows", count=figures.count(len(rows))), cls="gf-sentence"))
    values = zip(*rows, strict=True)
    columns = zip(kinds, values, strict=True)
    table = {one.name: [_cell(words, one, value) for value in column] for one, column in columns}
    shown(pd.DataFrame(table), {one.name: _column(words, one) for one in kinds})


def _cell(words: Words, column: Column, value: Any) -> Any:  # noqa: ANN401  of any kind
    """Return a cell as people read it: yuan for fen, words for codes."""
    if column.type == "money":
        return figures.yuan(value)
    if column.name in {"role", "status"}:
        return words.name(column.name, str(value or ""))
    kind = ONTOLOGY.nodes.get(str(value)) if column.name == "kind" else None
    return _said(words, kind) if kind else value


def _column(words: Words, kind: Column) -> Any:  # noqa: ANN401  streamlit's own
    title = _said(words, kind)
    if kind.type == "money":
        return amount(title)
    if kind.type == "time":
        return st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm")
    return number(title, "%d") if kind.type == "integer" else text(title)
