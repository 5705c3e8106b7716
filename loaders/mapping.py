"""Mapping files (YAML): how a layout of another make fills the canonical tables.

tables:
  <table>:
    - source: "name*.csv*"        which files, by name (* and ?)
      missing: ["NA"]             texts that mean "missing" in these files (optional)
      encoding: gb18030           where the bytes leave it open (optional)
      delimiter: ";"              one of , ; | or a tab (optional)
      columns:
        person_id: BeneID                          the source's column
        med_type: {constant: inpatient}            the same text for every record
        sex: {from: Gender, map: {"1": M}}         a value map; null means "missing"
        total_amount: {sum: [Paid, Deductible]}    the sum, missing parts counting as nothing

One table may have several sources, one file may feed several tables. A file that no source names is
recognised by its own header.
"""

import fnmatch
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from graphfraud.errors import FeedError, MappingError
from graphfraud.model.tables import TABLES
from loaders.encodings import NAMES
from loaders.mapping_check import Faults, check_document
from loaders.plan import Rule, TablePlan
from loaders.recognise import plain_name, shown


@dataclass(frozen=True)
class ColumnSource:
    """What fills one canonical column: source columns by name, or a constant."""

    names: tuple[str, ...]
    rule: Rule


@dataclass(frozen=True)
class Source:
    """One entry of a mapping: the files it is for, the table it fills and how."""

    table: str
    pattern: str
    columns: dict[str, ColumnSource]
    encoding: int | None = None
    delimiter: str | None = None

    def plan(self, headers: Sequence[str], file_name: str) -> TablePlan:
        """Return the plan for a file with these headers; MappingError for columns it lacks."""
        places = {plain_name(header): place for place, header in enumerate(headers)}
        wanted = [name for column in self.columns.values() for name in column.names]
        if absent := [name for name in wanted if plain_name(name) not in places]:
            raise MappingError(
                f"{file_name} has no column {absent[0]!r}, which the mapping takes for "
                f"{self.table}. Found: {shown(headers)}.",
                hint="Correct the mapping, or its file pattern.",
            )
        rules = {
            ours: replace(column.rule, sources=tuple(places[plain_name(n)] for n in column.names))
            for ours, column in self.columns.items()
        }
        return TablePlan(TABLES[self.table], len(headers), rules)


@dataclass(frozen=True)
class MappedLayout:
    """A file that one or several sources of a mapping name."""

    file_name: str
    sources: tuple[Source, ...]

    @property
    def encoding(self) -> int | None:
        """Return the encoding that the mapping names."""
        return next((s.encoding for s in self.sources if s.encoding is not None), None)

    @property
    def delimiter(self) -> str | None:
        """Return the delimiter that the mapping names."""
        return next((s.delimiter for s in self.sources if s.delimiter), None)

    def plans(self, headers: Sequence[str]) -> tuple[TablePlan, ...]:
        """Return one plan for each table; FeedError where two sources fill the same one."""
        plans = tuple(source.plan(headers, self.file_name) for source in self.sources)
        tables = [plan.table.name for plan in plans]
        if len(set(tables)) < len(tables):
            raise FeedError(
                f"{self.file_name} is named by two sources of one table in the mapping.",
                hint="Make the patterns narrower.",
            )
        return plans


@dataclass(frozen=True)
class Mapping:
    """A mapping file, read and checked whole."""

    name: str = ""
    sha256: str = ""
    sources: tuple[Source, ...] = field(default=())

    def layout(self, file_name: str) -> MappedLayout | None:
        """Return how the mapping lays out a file of this name, None where it says nothing."""
        found = tuple(s for s in self.sources if fnmatch.fnmatch(file_name.lower(), s.pattern))
        return MappedLayout(file_name, found) if found else None


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; MappingError with every fault of the file at once."""
    try:
        content = path.read_bytes()
        document = yaml.safe_load(content.decode())
    except OSError as error:
        raise MappingError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise MappingError(f"{path.name} is no YAML: {where}", hint="Check the indents.") from error
    faults = Faults()
    check_document(document, faults)
    if faults.found:
        lines = "".join(f"\n- {fault}" for fault in faults.found)
        raise MappingError(
            f"{path.name} is not a mapping:{lines}\n",
            hint="loaders/mappings/medicare.yaml is a sound one.",
        )
    sources = tuple(
        _source(table, entry) for table, entries in document["tables"].items() for entry in entries
    )
    return Mapping(path.name, hashlib.sha256(content).hexdigest(), sources)


def _source(table: str, entry: dict[str, object]) -> Source:
    missing = tuple(str(text) for text in _list(entry.get("missing")))
    columns = entry["columns"]
    assert isinstance(columns, dict)  # noqa: S101 - check_document has seen to it
    return Source(
        table,
        str(entry["source"]).lower(),
        {ours: _column(given, missing) for ours, given in columns.items()},
        NAMES.get(str(entry.get("encoding", "")).lower()),
        str(entry["delimiter"]) if "delimiter" in entry else None,
    )


def _column(given: object, missing: tuple[str, ...]) -> ColumnSource:
    if not isinstance(given, dict):
        return ColumnSource((str(given),), Rule(missing=missing))
    if "constant" in given:
        return ColumnSource((), Rule(constant=str(given["constant"])))
    if "sum" in given:
        return ColumnSource(tuple(map(str, given["sum"])), Rule(is_sum=True, missing=missing))
    values = {
        str(text): None if code is None else str(code)
        for text, code in given.get("map", {}).items()
    }
    names = tuple(str(name) for name in _list(given["from"]))
    return ColumnSource(names, Rule(values=values, missing=missing))


def _list(given: object) -> list[object]:
    if given is None:
        return []
    return list(given) if isinstance(given, list) else [given]
