"""The canonical tables of the data contract, read from tables.toml and checked whole at import."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

CODE_LISTS = ("sex", "med_type", "facility_kind", "insurance", "entity_type")
KINDS = frozenset(("id", "text", "money", "number", "time", "date", *CODE_LISTS))


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind, whether a row must have it, and the names sources give it."""

    name: str
    kind: str
    required: bool
    national: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return every header that means this column, the canonical name first."""
        return (self.name, *self.national, *self.chinese)


@dataclass(frozen=True)
class Table:
    """One canonical table: its columns in contract order and the columns that identify a row."""

    name: str
    key: tuple[str, ...]
    optional: bool
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the columns' names in contract order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the columns without which a row cannot be loaded."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _column(name: str, entry: dict[str, object]) -> Column:
    if entry["kind"] not in KINDS:
        raise ValueError(f"tables.toml: column {name} has an unknown kind: {entry['kind']}")
    required = bool(entry.get("required", False))
    national, chinese = _names(entry, "national"), _names(entry, "chinese")
    return Column(name, str(entry["kind"]), required, national, chinese)


def _names(entry: dict[str, object], key: str) -> tuple[str, ...]:
    names = entry.get(key, [])
    if not isinstance(names, list):
        raise TypeError(f"tables.toml: {key} must be a list, not {names!r}")
    return tuple(str(name) for name in names)


def _read() -> dict[str, Table]:
    text = files("graphfraud.model").joinpath("tables.toml").read_text(encoding="utf-8")
    tables = {}
    for name, entry in tomllib.loads(text).items():
        columns = tuple(_column(key, value) for key, value in entry["columns"].items())
        tables[name] = Table(name, tuple(entry["key"]), entry["optional"], columns)
        if not set(tables[name].key) <= set(tables[name].required):
            raise ValueError(f"tables.toml: the key of {name} must be required columns")
    return tables


TABLES = _read()
