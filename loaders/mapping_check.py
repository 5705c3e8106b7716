"""Checks a mapping file whole: every fault with its place, and what was probably meant."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from graphfraud.model.tables import TABLES, Table
from loaders.delimited import DELIMITERS
from loaders.encodings import NAMES

_ENTRY_KEYS = ("source", "columns", "missing", "encoding", "delimiter")
_COLUMN_KEYS = ("from", "map", "constant", "sum")
_FORMS = (("constant",), ("sum",), ("from",), ("from", "map"))


@dataclass
class Faults:
    """What is wrong with a mapping, in the order of the file."""

    found: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        """Note a fault at a place such as `tables.claims[0]`."""
        self.found.append(f"{where}: {what}")

    def check_name(self, where: str, name: object, known: Iterable[str]) -> bool:
        """Say whether `name` is known; note it with the nearest known name where it is not."""
        names = list(known)
        if name in names:
            return True
        near = difflib.get_close_matches(str(name), names, n=1)
        meant = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
        self.add(where, f"{name!r} is unknown; {meant}")
        return False


def check_document(document: object, faults: Faults) -> None:
    """Note every fault of a mapping file's content."""
    if not isinstance(document, dict) or not isinstance(document.get("tables"), dict):
        faults.add("top", "there must be `tables:` with a table name under it")
        return
    for key in document:
        faults.check_name("top", key, ("tables",))
    for name, entries in document["tables"].items():
        if not faults.check_name("tables", name, TABLES):
            continue
        if not isinstance(entries, list) or not entries:
            faults.add(
                f"tables.{name}", "must be a list of sources, each beginning with `- source:`"
            )
            continue
        for place, entry in enumerate(entries):
            _check_entry(f"tables.{name}[{place}]", entry, TABLES[name], faults)


def _check_entry(where: str, entry: object, table: Table, faults: Faults) -> None:
    if not isinstance(entry, dict):
        faults.add(where, "must hold `source:` and `columns:`")
        return
    _check_source(where, entry, faults)
    columns = entry.get("columns")
    if not isinstance(columns, dict):
        faults.add(where, "`columns:` must name our columns, each with its source")
        return
    for name, given in columns.items():
        if faults.check_name(f"{where}.columns", name, table.column_names):
            _check_column(f"{where}.columns.{name}", given, table.column(name).kind, faults)
    for name in table.required:
        if name not in columns:
            faults.add(f"{where}.columns", f"{name!r} is required and missing")


def _check_source(where: str, entry: dict[str, object], faults: Faults) -> None:
    for key in entry:
        faults.check_name(where, key, _ENTRY_KEYS)
    if not isinstance(entry.get("source"), str):
        faults.add(where, "`source:` must be a file name or pattern in quotes")
    if "encoding" in entry:
        faults.check_name(f"{where}.encoding", str(entry["encoding"]).lower(), NAMES)
    if "delimiter" in entry:
        faults.check_name(f"{where}.delimiter", entry["delimiter"], DELIMITERS)
    _check_texts(f"{where}.missing", entry.get("missing", []), faults)


def _check_column(where: str, given: object, kind: str, faults: Faults) -> None:
    if not isinstance(given, dict):
        if given is None or isinstance(given, list):
            faults.add(where, "must be a source column, or one of from, map, constant, sum")
        else:
            _check_texts(where, given, faults)
        return
    known = [faults.check_name(where, key, _COLUMN_KEYS) for key in given]
    if not all(known):
        return
    if tuple(sorted(given)) not in _FORMS:
        faults.add(where, "give either `constant`, or `sum`, or `from` with or without `map`")
        return
    if "constant" in given and (
        given["constant"] is None or isinstance(given["constant"], (list, dict))
    ):
        faults.add(where, "`constant` must be a text")
    if "sum" in given:
        _check_sum(where, given["sum"], kind, faults)
    if "from" in given:
        _check_texts(f"{where}.from", given["from"], faults)
    if "map" in given and not (isinstance(given["map"], dict) and given["map"]):
        faults.add(where, '`map` must give our value for each of theirs, e.g. {"1": M}')


def _check_sum(where: str, names: object, kind: str, faults: Faults) -> None:
    if kind != "money":
        faults.add(where, "`sum` is for amounts only")
    if not isinstance(names, list) or len(names) < 2:
        faults.add(where, "`sum` must list at least two source columns")
    else:
        _check_texts(where, names, faults)


def _check_texts(where: str, given: object, faults: Faults) -> None:
    texts = given if isinstance(given, list) else [given]
    if any(text is None or isinstance(text, (dict, list, bool)) for text in texts):
        faults.add(where, "must be text in quotes (without them YAML reads No as false)")
