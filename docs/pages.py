"""Writes the pages of docs/ that the code itself can tell: `make docs`; a test compares them."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperArgument, TyperOption
from typer.main import get_command

from graphfraud.api.patterns import known_patterns
from graphfraud.cli.main import application
from graphfraud.findings.peers.indices import INDICES
from graphfraud.findings.peers.lines import FEWEST_PEERS, FEWEST_UNITS
from graphfraud.findings.signals.registry import SIGNALS
from graphfraud.findings.stability import CORE_FROM, RERUNS
from graphfraud.findings.weights import WEIGHTS
from graphfraud.graph.questions import QUESTIONS
from graphfraud.model.ontology import ANY, ONTOLOGY, NodeKind, RelationshipKind
from graphfraud.model.reasons import REASONS
from graphfraud.model.resale import RESALE_GROUPS
from graphfraud.model.results import RESULTS
from graphfraud.model.tables import TABLES, Table
from graphfraud.patterns.contract import Description
from graphfraud.settings import VARIABLES

FOLDER = Path(__file__).resolve().parent
NOTE = "<!-- Written by `make docs` from the code; change the code. -->\n"


def cli_page() -> str:
    """Return every command with its arguments and options, as its --help tells them."""
    parts = ["# The command line\n", NOTE, CLI_HEAD]
    for name, command in _commands(get_command(application())):
        parts.append(f"## graphfraud {name}\n\n{inspect.cleandoc(command.help)}\n")
        rows = [_parameter(one) for one in command.params]
        parts.append(_table(("option", "meaning", "default"), rows))
    return "\n".join(parts)


def _commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401  Typer's own
    """Yield every command, those of groups by both names."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def tables_page() -> str:
    """Return the tables that can be loaded, with every header that is recognised."""
    parts = ["# The tables that can be loaded\n", NOTE, TABLES_HEAD]
    for table in TABLES.values():
        state = "may be missing" if table.optional else "must be there"
        key = ", ".join(table.key) or "none: rows are compared whole"
        parts.append(f"## {table.name}\n\nThis table {state}. Key: {key}.\n")
        parts.append(_table(("column", "kind", "national platform", "Chinese"), _columns(table)))
    return "\n".join(parts)


def rejects_page() -> str:
    """Return the closed list of reject reasons with their sentences."""
    rows = [
        (f"`{code}`", reason.zh, reason.en, "yes" if reason.flag else "")
        for code, reason in REASONS.items()
    ]
    table = _table(("code", "中文", "English", "flag only"), rows)
    return f"# Why a row is not loaded\n\n{NOTE}\n{REJECTS_HEAD}\n{table}"


def results_page() -> str:
    """Return the files of a run with their columns."""
    parts = ["# The files of a run\n", NOTE, RESULTS_HEAD]
    for result in RESULTS.values():
        rows = [(f"`{name}`", kind) for name, kind in result.columns.items()]
        parts.append(f"## {result.file}\n\n{_table(('column', 'kind'), rows)}")
    return "\n".join(parts)


def settings_page() -> str:
    """Return the environment variables that are read."""
    rows = [(f"`{name}`", meaning) for name, meaning in VARIABLES.items()]
    table = _table(("variable", "meaning"), rows)
    return f"# Settings from the environment\n\n{NOTE}\n{SETTINGS_HEAD}\n{table}"


def patterns_page() -> str:
    """Return what each pattern says of itself, with its parameters."""
    parts = ["# The patterns\n", NOTE, PATTERNS_HEAD]
    for pattern in known_patterns():
        about = pattern.description
        parts.append(f"## {about.name}\n\n{about.title_zh}. {about.title_en}.\n")
        parts.append(f"{about.looks_for}\n\n{about.looks_for_zh}\n")
        parts += [f"**{title}:** {text}\n" for title, text in _told(about)]
        rows = [
            (f"`{about.name}.{one.name}`", f"`{one.default}`", one.why)
            for one in pattern.parameters
        ]
        parts.append(_table(("parameter", "default", "why"), rows))
    return "\n".join(parts)


def signals_page() -> str:
    """Return what each conduct signal says of itself, with its line of the table of points."""
    parts = ["# The conduct signals\n", NOTE, SIGNALS_HEAD]
    rows = [
        (
            *(f"`{code}`", SIGNALS[code].DESCRIPTION.title_zh),
            *(f"{number:g}" for number in (one.points, one.none, one.full)),
            one.what,
        )
        for code, one in WEIGHTS.items()
    ]
    parts.append(_table(("signal", "中文", "points", "none at", "all from", "value"), rows))
    for code, module in SIGNALS.items():
        about = module.DESCRIPTION
        parts.append(f"## {code}\n\n{about.title_zh}. {about.what}\n")
        parts.append(f"**Formula:** {about.formula}.\n\n**Why:** {about.why}\n")
        parts.append(f"**Points:** {WEIGHTS[code].why}\n\n**Source:** {about.source}.\n")
        parts.append(f"**What would excuse it:** {about.excuse}\n")
        if about.needs:
            parts.append(f"**Needs:** {', '.join(f'`{need}`' for need in about.needs)}.\n")
    groups = [
        (group.zh, group.en, ", ".join(group.codes), "、".join(group.names), group.source)
        for group in RESALE_GROUPS
    ]
    parts += ["## Resale-prone drugs\n", RESALE_HEAD]
    parts.append(_table(("中文", "group", "ATC", "names", "source"), groups))
    return "\n".join(parts)


def peers_page() -> str:
    """Return the indices by which facilities are compared."""
    rows = [
        (
            *(f"`{name}`", one.zh, one.en, one.what, f"{one.least:g}"),
            *(one.why, one.excuse, _codes(one.needs)),
        )
        for name, one in INDICES.items()
    ]
    heads = ("index", "中文", "English", "value", "above", "why", "what would excuse it", "needs")
    limits = PEERS_LIMITS.format(peers=FEWEST_PEERS, units=FEWEST_UNITS)
    return "\n".join(
        ["# Warning lines against peers\n", NOTE, PEERS_HEAD, limits, _table(heads, rows)]
    )


def _told(about: Description) -> tuple[tuple[str, str], ...]:
    """Return what a reader may ask of a pattern, each with its answer."""
    return (
        ("By chance", about.null_model),
        ("Statistic", about.statistic),
        ("Sources", about.source),
        ("To review against", about.law),
        ("Needs", ", ".join(about.needs)),
        ("Excused by", _words(about.excuses)),
    )


def graph_page() -> str:
    """Return the graph's kinds, the saved questions and how a database is laid out."""
    parts = ["# The knowledge graph\n", NOTE, GRAPH_HEAD, "## Nodes\n"]
    heads = ("label", "中文", "English", "from", "properties")
    parts.append(_table(heads, [_node_row(kind) for kind in ONTOLOGY.nodes.values()]))
    parts += ["## Relationships\n", EDGES_HEAD]
    heads = ("type", "中文", "English", "from → to", "properties")
    parts.append(_table(heads, [_edge_row(kind) for kind in ONTOLOGY.relationships.values()]))
    parts += ["## Saved questions\n", QUESTIONS_HEAD]
    rows = [
        (f"`{name}`", one.zh, one.en, ", ".join(f"`{key}`" for key in one.parameters))
        for name, one in QUESTIONS.items()
    ]
    parts.append(_table(("question", "中文", "English", "parameters"), rows))
    return "\n".join(parts)


def _node_row(kind: NodeKind) -> tuple[str, ...]:
    origin = [f"{kind.table}.{kind.id}"] if kind.table else []
    origin += [f"{table}.{column}" for table, column in kind.mentions]
    marks = [*kind.labels, *(["pivot"] if kind.pivot else [])]
    label = f"**{kind.name}**" + (f" ({', '.join(marks)})" if marks else "")
    told = "`relations`" if kind.entity_type == ANY else ", ".join(f"`{one}`" for one in origin)
    return label, kind.zh, kind.en, told, _names(kind)


def _edge_row(kind: RelationshipKind) -> tuple[str, ...]:
    ends = [f"{one.start} → {one.end}" for one in kind.sources] or [f"`{kind.register}`"]
    return f"**{kind.name}**", kind.zh, kind.en, ", ".join(ends), _names(kind)


def _names(kind: NodeKind | RelationshipKind) -> str:
    return ", ".join(f"`{one.name}`" for one in kind.columns)


PAGES = {
    "cli.md": cli_page,
    "graph.md": graph_page,
    "patterns.md": patterns_page,
    "peers.md": peers_page,
    "rejects.md": rejects_page,
    "results.md": results_page,
    "settings.md": settings_page,
    "signals.md": signals_page,
    "tables.md": tables_page,
}

CLI_HEAD = """\
Exit codes: 0 ok, 1 failed, 2 a command that cannot be understood, 3 more rows rejected than
`--max-rejects` allows (the others are loaded), 130 interrupted. Errors and progress go to standard
error; with `--json` standard output carries one JSON document and nothing else, amounts in fen.
No command asks anything, and none writes outside the folders it is given.
"""
GRAPH_HEAD = """\
A graph store, embedded or Neo4j, is filled from a snapshot by `graphfraud graph fill` and shows
what a run found in it. Both stores hold the same and answer alike; `graphfraud graph check` reads
one in full and compares it with the workspace's files.

In Neo4j every node also has the label `Entity`, a `key` that is unique in the database, the number
`graph` of its graph (`MATCH (g:Graph) RETURN g` lists them) and its `id`. Amounts end in `_fen`
and count fen; times are local. `feed` and `record_no` name the delivered row. A name or an address
of more than 1,000 bytes is shortened to its beginning and its hash; the source row keeps it.
"""
EDGES_HEAD = """\
`*` is any kind of node. A word in place of the ends is what the `relations` table calls it (`*`:
every other word), between whatever it relates. `time` dates a relationship.
"""
QUESTIONS_HEAD = """\
`graphfraud graph ask QUESTION --set NAME=VALUE`, or paste `cypher/questions/QUESTION.cypher` into
Neo4j Browser or Bloom, behind the `:param` lines at its head. An empty `ring` means every ring.
"""
TABLES_HEAD = """\
CSV (plain or gzipped; UTF-8, GB18030 or UTF-16 with a mark), XLSX and Parquet. Columns are
recognised by any of the names below; a **bold** column is required. Amounts are in yuan with at
most two decimals, times `YYYY-MM-DD HH:MM:SS`, an empty cell is a missing value, and identifiers
are text. Any other layout is described by a mapping: see [mappings.md](mappings.md).
"""
SETTINGS_HEAD = """\
None is needed. An option of a command wins over its variable.
"""
PATTERNS_HEAD = """\
`graphfraud patterns` prints this page. `graphfraud detect --pattern NAME` looks for one pattern
alone, `--set NAME=VALUE` sets a parameter; both are recorded in `run.json`. What a pattern finds
is a lead, a reason to look; it is `explained` where one of the innocent reasons holds.
"""
SIGNALS_HEAD = """\
How a ring behaves, beside how often its members act together. Each signal has a value, points from
one table (`graphfraud/findings/weights.toml`), a sentence with the figures and the claims that
decided, at most 50: `ring_signals.csv`, `graphfraud show RING`, the tab of a ring. Points are 0 at
`none at`, the whole from `all from`, even in between; they are added, at most 1, and what innocent
reasons explain takes its share off: that is a ring's score. It orders, it proves nothing. A signal
whose data was not delivered is a row that says so.
"""
PEERS_HEAD = """\
A facility's indices are compared with the median of the others of its kind, level and area (its
prefecture or municipality): from 20, 50 and 100 per cent above it there is a warning line of level
1, 2 and 3 in `peer_lines.csv`. It is a reason to look at the facility, no finding about it.
"""
PEERS_LIMITS = """\
Where fewer than {peers} peers are in the area, all areas are taken (`peers` says which); where
there are fewer still, there is no line: the median of so few moves with each of them. A facility
needs {units} units (`n`: patients, claims, stays …; from there on the error of a mean is nearly
normal), and its excess must be more than two standard errors of its own index, so that a place
with little traffic gets no line by chance; and its value must be above the one stated below, up to
which nobody would look. The median is over the others alone. Refunds and what
they reverse count in `refund_share` only.
"""
RESALE_HEAD = """\
`graphfraud/model/resale.toml`: an item counts when its name holds one of the names, or its code
begins with one of the ATC classes, with or without the X of the national drug code.
"""
REJECTS_HEAD = """\
Every row of a delivery is loaded, a duplicate, in conflict, or rejected: the four always add up to
the rows read, in rows and in fen. A row has one primary reason, the first of this list that
applies, and all others beside it. A flag marks a row that is loaded all the same.
See them with `graphfraud rejects`.
"""
RESULTS_HEAD = """\
`graphfraud detect --out DIR` writes these files and `run.json`. UTF-8, rows in a fixed order: the
same snapshot, parameters and seed give the same bytes. A lead is a reason to look, not a verdict.
Kinds: money is yuan with two decimals (integer fen in the Python API), share a number with six
decimals, p six significant digits, an empty cell a missing value.

In `rings.csv`, `variants` names leads of `co_visit` by how they act: `empty_swipe` (空刷: nine
visits in ten, at a pharmacy, within two minutes of another member's) and `rotation` (多家药店轮换:
the order of the places is three deviations off a random one). `also_found_by` names the other
patterns that found the ring; `ring_patterns.csv` has what each says. `fund_amount_once` counts each
yuan in the first ring that it belongs to, so that the column adds up. In `entity_scores.csv`,
`betweenness_error` tells how far a sampled betweenness may be off (95 %; 0 where it is exact),
`watchlist_expected` and `watchlist_percentile` what random watch lists reach, on average and how
many of a hundred reach less, and `watchlist_listed` who is on the list.

**Stability.** The ring is judged again {reruns} times, each time without a random fifth of the
calendar days (each day is left out of exactly a fifth of the reruns; the same days for every ring,
from the seed alone). `stability` in `rings.csv` is the share of reruns in which it still stood:
persons enough, and what no innocent reason excuses, in proportion to what reruns leave on average,
still beats chance at the pattern's level. `stability` in `ring_members.csv` is the share of *those*
reruns in which the member stayed: by the pattern's own rule where it has one for days left out
(`co_visit`: held by more than one other, or two companions on enough days; `group_admission`:
enough joint days in company), else where the member was seen at all. `standing` is `core` from
{core} on, else `fringe`: whoever hangs on a single day stays in 0.8 of the reruns, whoever is held
by either of two days in 0.96. Where nobody of a kind is core (each took part once, as in most
`template_basket` and `trace_code` rings) there is no fringe either. The search is not repeated, so
the shares say what a ring hangs on, not what else might have been found. Members whom no dated row
of the ring names (accounts, operators) have no share. Nobody is innocent for being fringe, nor
guilty for being core.

**Roles.** `organiser` in a ring of ties between persons lies on the shortest paths of at least half
of all pairs of others (betweenness); in a ring where everybody meets everybody there is none.

**Not in these files**, for what a run finds depends on its data, parameters and seed alone: what
became of an earlier run's rings (`graphfraud runs lineage`) and what people say of rings
(`graphfraud judge`). The earlier run is the newest one before with the same patterns on other data,
else on the same data. A ring goes on as the ring of the same id, or as the one that shares half of
all persons, one to one; a ring without a partner went into, or came out of, the one that holds half
of its persons. A judgement stays attached to what its ring becomes, and says how many of the
members it was given on are still there.
""".replace("{reruns}", str(RERUNS)).replace("{core}", str(CORE_FROM))


def _parameter(parameter: TyperOption | TyperArgument) -> tuple[str, str, str]:
    metavar = f"`{parameter.metavar}`" if parameter.metavar else ""
    meaning = parameter.help or ""
    if isinstance(parameter, TyperArgument):
        return metavar, meaning, ""
    names = ", ".join(f"`{name}`" for name in sorted(parameter.opts, key=len, reverse=True))
    return f"{names} {metavar}".rstrip(), meaning, _default(parameter)


def _default(parameter: TyperOption) -> str:
    value = getattr(parameter.default, "value", parameter.default)
    return "" if value in (None, False) else f"`{value}`"


def _codes(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _words(codes: Sequence[str]) -> str:
    return ", ".join(code.replace("_", " ") for code in codes)


def _columns(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            f"**{column.name}**" if column.required else column.name,
            column.kind,
            ", ".join(column.national),
            ", ".join(column.chinese),
        )
        for column in table.columns
    ]


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    escaped = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines)
    return "".join(f"| {line} |\n" for line in escaped)


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
