"""Writes graph parts as CSV files for an offline import by neo4j-admin, the fastest way in.

The database then holds what filling it over Bolt gives, element for element: its checksum is equal,
and graphfraud takes the graph for its own. The folder may be moved: its paths are relative.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from graphfraud.engine.duckdb import Engine
from graphfraud.errors import StoreError
from graphfraud.graph.import_folder import replaced, write_text
from graphfraud.graph.neo4j.catalogue import names, statement
from graphfraud.graph.neo4j.entry import COMPLETE, Entry
from graphfraud.graph.neo4j.loading import BATCH_ROWS
from graphfraud.graph.part import Part
from graphfraud.model.ontology import NodeKind, Property, RelationshipKind
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import WorkspaceFolder

GRAPH = 1
ARGUMENTS, SCHEMA = "import.args", "schema.cypher"
ENTRY = (
    "number:long", "snapshot:string", "state:string", "round:long", "batch_rows:long",
    "checksum:string", "run:string", "run_state:string", "run_checksum:string",
)  # fmt: skip
COUNTER = ("name:string", "last:long", "touched:boolean")
_DATABASE = "neo4j"
_STAGE = "write import files"
_TYPES = {
    "text": "string", "integer": "long", "float": "double", "time": "localdatetime", "date": "date",
}  # fmt: skip
# neo4j-admin waits for ever on a row that its buffer cannot hold; a quote counts twice there.
_BUFFER_BYTES, _ROOM = 4 << 20, 4
_SCRIPTS = {
    "import.sh": """\
#!/bin/sh
# Imports this folder into the database neo4j, in place of all that it holds. Stop the server first;
# run this as its user, with neo4j-admin on the path. Then start the server and run there:
#   cypher-shell --file schema.cypher
set -eu
cd -- "$(dirname -- "$0")"
exec neo4j-admin database import full @import.args
""",
    "import.ps1": """\
# Imports this folder into the database neo4j, in place of all that it holds. Stop the server first;
# run this as its user, with neo4j-admin on the path. Then start the server and run there:
#   cypher-shell --file schema.cypher
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
& neo4j-admin database import full '@import.args'
exit $LASTEXITCODE
""",
}


@dataclass(frozen=True)
class ImportPlan:
    """What was written: the folder, what neo4j-admin is told in it, and how much it will find.

    nodes, relationships: of the graph alone, without what the database says about it.
    """

    folder: Path
    arguments: tuple[str, ...]
    nodes: int
    relationships: int


@dataclass(frozen=True)
class _Sheet:
    """One kind's header and data.

    name: its path without the suffix; file: what it is written from; columns: for each head the
    cell below it; texts: the columns of text; rows: how many there must be.
    """

    option: str
    name: str
    file: Path
    columns: Mapping[str, str]
    texts: tuple[str, ...]
    rows: int

    @property
    def files(self) -> str:
        """Return header and data as neo4j-admin takes them."""
        return _files(self.name)


@dataclass(frozen=True)
class _Survey:
    """What neo4j-admin must know of the texts: the longest row's bytes, sheets with line breaks."""

    longest: int
    broken: tuple[str, ...]


def write_import(
    folder: Path,
    part: Part,
    findings: Part | None,
    workspace: WorkspaceFolder,
    progress: Progress = silent,
) -> ImportPlan:
    """Write the import of a snapshot's part, and of what a run found, into `folder`.

    An earlier import there is replaced, once the new one is whole. StoreError where the folder
    holds anything else, the parts do not belong together, or one is damaged.
    """
    _check_parts(part, findings)
    parts = [part] if findings is None else [part, findings]
    entry = _entry(part, findings)
    sheets = [sheet for one in parts for sheet in _sheets(one)]
    with replaced(folder.resolve()) as fresh, workspace.staging() as spill:
        allowed = [fresh, *(one.folder for one in parts)]
        with Engine(temporary=spill, limits=limits(), allowed=allowed) as engine:
            engine.run("graph/import_begin")
            _write_entry(engine, fresh, entry)
            survey = _write_sheets(engine, fresh, sheets, entry.base, progress)
        arguments = _arguments(sheets, survey)
        _write_scripts(fresh, arguments)
    nodes = sum(sheet.rows for sheet in sheets if sheet.option.startswith("--nodes"))
    return ImportPlan(folder, arguments, nodes, sum(sheet.rows for sheet in sheets) - nodes)


def _check_parts(part: Part, findings: Part | None) -> None:
    if part.run_id or (findings and not findings.run_id):
        raise StoreError("An import needs a snapshot's graph, and beside it what a run found.")
    if findings and findings.snapshot_id != part.snapshot_id:
        raise StoreError(
            f"Run {findings.run_id} looked at snapshot {findings.snapshot_id}, "
            f"not {part.snapshot_id}.",
            hint="Export a run together with the snapshot it looked at.",
        )


def _sheets(part: Part) -> Iterator[_Sheet]:
    """Yield a sheet for each kind the part has any of, nodes first."""
    for node in part.node_kinds():
        if rows := part.checksum.nodes[node.name].n:
            yield _of_nodes(node, part.nodes(node.name), rows)
    for edge in part.edge_kinds():
        if rows := part.checksum.edges[edge.name].n:
            yield _of_edges(edge, part.edges(edge.name), rows)


def _of_nodes(kind: NodeKind, file: Path, rows: int) -> _Sheet:
    columns = {
        "key:ID(Entity){id-type:long}": "import_key($base, node)",
        "graph:long": "$graph",
        "id:string": "id",
        **({":LABEL": "label"} if kind.labels else {}),
        **_properties(kind.columns),
    }
    texts = ("id", *_texts(kind.columns))
    return _Sheet(f"--nodes=Entity:{kind.name}", f"nodes/{kind.name}", file, columns, texts, rows)


def _of_edges(kind: RelationshipKind, file: Path, rows: int) -> _Sheet:
    columns = {
        ":START_ID(Entity)": "import_key($base, source)",
        ":END_ID(Entity)": "import_key($base, target)",
        **_properties(kind.columns),
    }
    texts = _texts(kind.columns) or ("source",)  # the survey counts rows, too
    option, name = f"--relationships={kind.name}", f"relationships/{kind.name}"
    return _Sheet(option, name, file, columns, texts, rows)


def _properties(columns: tuple[Property, ...]) -> dict[str, str]:
    return {f"{one.name}:{_TYPES[one.type]}": _cell(one) for one in columns}


def _cell(one: Property) -> str:
    return f"import_float({one.name})" if one.type == "float" else one.name


def _texts(columns: tuple[Property, ...]) -> tuple[str, ...]:
    return tuple(one.name for one in columns if one.type == "text")


def _files(name: str) -> str:
    return f"{name}-header.csv,{name}.csv"


def _entry(part: Part, findings: Part | None) -> Entry:
    """Return what the database shall say of its one graph: whole, and the run's findings too."""
    entry = Entry(GRAPH, part.snapshot_id, COMPLETE, 1, BATCH_ROWS, part.checksum.text)
    if findings is None:
        return entry
    found = findings.checksum.text
    return replace(entry, run=findings.run_id, run_state=COMPLETE, run_checksum=found)


def _write_entry(engine: Engine, folder: Path, entry: Entry) -> None:
    cells = {name: None if value == "" else value for name, value in asdict(entry).items()}
    files = {"entry": folder / "Graph.csv", "counter": folder / "GraphCounter.csv"}
    engine.run("graph/import_entry", cells | files)
    write_text(folder / "Graph-header.csv", ",".join(ENTRY) + "\n")
    write_text(folder / "GraphCounter-header.csv", ",".join(COUNTER) + "\n")


def _write_sheets(
    engine: Engine, folder: Path, sheets: list[_Sheet], base: int, progress: Progress
) -> _Survey:
    for shelf in ("nodes", "relationships"):
        (folder / shelf).mkdir()
    longest, broken = 0, []
    for done, sheet in enumerate(sheets):
        progress(_STAGE, done, len(sheets))
        survey = engine.arrays(
            "graph/import_survey", {"file": sheet.file}, names={"texts": ", ".join(sheet.texts)}
        )
        if int(survey["n"][0]) != sheet.rows:
            raise StoreError(
                f"{sheet.file} holds {int(survey['n'][0]):,} of {sheet.rows:,} rows.",
                hint="Remove its folder; the next export makes it anew.",
            )
        longest = max(longest, int(survey["longest"][0]))
        broken += [sheet.files] if survey["has_breaks"][0] else []
        _write_sheet(engine, folder, sheet, base)
    progress(_STAGE, len(sheets), len(sheets))
    return _Survey(longest, tuple(broken))


def _write_sheet(engine: Engine, folder: Path, sheet: _Sheet, base: int) -> None:
    target = folder / f"{sheet.name}.csv"
    parameters = {"file": sheet.file, "target": target, "base": base, "graph": GRAPH}
    engine.run(
        "graph/import_write", parameters, names={"columns": ", ".join(sheet.columns.values())}
    )
    write_text(folder / f"{sheet.name}-header.csv", ",".join(sheet.columns) + "\n")


def _arguments(sheets: list[_Sheet], survey: _Survey) -> tuple[str, ...]:
    """Return what neo4j-admin is told; the database stands first, lists would swallow it."""
    arguments = [_DATABASE, "--overwrite-destination=true", "--bad-tolerance=0", "--strict=true"]
    if survey.longest * _ROOM > _BUFFER_BYTES:
        arguments.append(f"--read-buffer-size={survey.longest * _ROOM}")
    if survey.broken:  # slow to read, so only where need be; it asks for the headers as well
        arguments.append("--multiline-fields-format=v2")
        arguments.append(f"--multiline-fields={','.join(survey.broken)}")
    arguments += [f"--nodes={label}={_files(label)}" for label in ("Graph", "GraphCounter")]
    arguments += [f"{sheet.option}={sheet.files}" for sheet in sheets]
    return tuple(arguments)


def _write_scripts(folder: Path, arguments: tuple[str, ...]) -> None:
    write_text(folder / ARGUMENTS, "\n".join(arguments) + "\n")
    write_text(folder / SCHEMA, _schema())
    for name, text in _SCRIPTS.items():
        write_text(folder / name, text)
        (folder / name).chmod(0o755)


def _schema() -> str:
    """Return every statement on constraints, indexes and names, in the order they must run in."""
    chosen = [name for name in names() if name.startswith("schema/")]
    ordered = sorted(chosen, key=lambda name: (_turn(name), name))
    return "\n".join(f"{statement(name).strip()};\n" for name in ordered)


def _turn(name: str) -> int:
    """Return when a statement's turn is: constraints, then names and indexes, at last the wait."""
    return 0 if name.startswith("schema/constraint_") else 2 if name == "schema/await" else 1
