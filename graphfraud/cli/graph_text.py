"""What `graphfraud graph …` prints: for people as text, for programs as documents."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from graphfraud.cli.options import Language
from graphfraud.cli.output import money, table
from graphfraud.cli.words import columns as heads
from graphfraud.cli.words import say, word
from graphfraud.graph.contract import Hit, Value
from graphfraud.graph.questions import QUESTIONS, Column
from graphfraud.model.ontology import ONTOLOGY

if TYPE_CHECKING:
    import graphfraud

_LARGE = 1_000_000
_CODES = {"role": "role", "status": "state"}  # columns whose texts are codes, and their words


def filled(found: "graphfraud.Filled", lang: Language) -> Iterator[object]:
    """Say what the store now shows: nodes and relationships of each kind."""
    state = "graph.filled" if found.graph_is_new else "graph.already"
    yield say(lang, state, store=found.store, snapshot=found.snapshot_id)
    if found.run_id:
        yield say(lang, "graph.run", run=found.run_id)
    for section, kinds, counts in (
        ("nodes", ONTOLOGY.nodes, found.nodes),
        ("edges", ONTOLOGY.relationships, found.edges),
    ):
        rows = [(name, getattr(kinds[name], lang), n) for name, n in counts.items() if n]
        yield say(lang, f"graph.{section}", n=sum(counts.values()))
        yield table(heads(lang, ("kind_of", "meaning", "number")), rows)
    total = sum(found.nodes.values()) + sum(found.edges.values())
    if found.graph_is_new and found.store != "embedded" and total > _LARGE:
        yield say(lang, "graph.faster")


def hits(found: Sequence[Hit], lang: Language) -> Iterator[object]:
    """List what a search found."""
    if not found:
        yield say(lang, "graph.nothing")
        return
    rows = [
        (
            hit.node.number,
            getattr(ONTOLOGY.nodes[hit.node.kind], lang),
            hit.node.id,
            hit.node.caption,
            say(lang, f"how.{hit.how}"),
        )
        for hit in found
    ]
    yield table(heads(lang, ("node", "entity_type", "entity_id", "name", "match")), rows)


def hits_document(found: Sequence[Hit]) -> dict[str, Any]:
    """Return a search's hits for programs."""
    rows = [
        {"how": hit.how, "number": hit.node.number, "kind": hit.node.kind, "id": hit.node.id}
        | {"label": hit.node.label, "properties": _plain_map(hit.node.properties)}
        for hit in found
    ]
    return {"hits": rows}


def questions(lang: Language) -> Iterator[object]:
    """List the questions with their parameters."""
    for name, question in QUESTIONS.items():
        yield f"{name}  {getattr(question, lang)}"
        rows = [
            (f"  --set {one.name}={one.default}", getattr(one, lang))
            for one in question.parameters.values()
        ]
        yield table(("", ""), rows)


def questions_document() -> dict[str, Any]:
    """Return the questions for programs."""
    rows = [
        {"name": name, "zh": question.zh, "en": question.en, "columns": list(question.columns)}
        | {"parameters": {one.name: one.default for one in question.parameters.values()}}
        for name, question in QUESTIONS.items()
    ]
    return {"questions": rows}


def answer(
    question: str, columns: Sequence[str], rows: Sequence[Sequence[Value | None]], lang: Language
) -> Iterator[object]:
    """Show an answer as a table; money in yuan."""
    known = QUESTIONS[question]
    yield getattr(known, lang)
    if not rows:
        yield say(lang, "graph.no_rows")
        return
    kinds = [known.columns[name] for name in columns]
    shown = [[_cell(kind, v, lang) for kind, v in zip(kinds, row, strict=True)] for row in rows]
    yield table([getattr(kind, lang) for kind in kinds], shown)


def answer_document(
    columns: Sequence[str], rows: Sequence[Sequence[Value | None]]
) -> dict[str, Any]:
    """Return an answer for programs; money in fen."""
    return {"columns": list(columns), "rows": [[_plain(value) for value in row] for row in rows]}


def _cell(column: Column, value: Value | None, lang: Language) -> object:
    """Return a cell as people read it: yuan for fen, words for codes."""
    if value is None:
        return ""
    if column.type == "money":
        return money(int(str(value)))
    if column.name in _CODES:
        return word(lang, _CODES[column.name], value)
    kind = ONTOLOGY.nodes.get(str(value)) if column.name == "kind" else None
    return getattr(kind, lang) if kind else value


def _plain_map(values: Any) -> dict[str, Any]:  # noqa: ANN401  a mapping of values
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value | None) -> Any:  # noqa: ANN401  what JSON can hold
    return str(value) if isinstance(value, date) else value
