"""Code lists of the data contract: what sources write for a code, read from codes.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from graphfraud.model.tables import CODE_LISTS


@dataclass(frozen=True)
class CodeList:
    """One list: `values` from lower-case text to code, and the two kinds of national codes.

    missing: texts that mean "not known". prefixes: first digit of a longer code to our code.
    pattern: a regular expression of codes that are kept as they are, "" for none.
    """

    name: str
    values: Mapping[str, str]
    missing: tuple[str, ...]
    prefixes: Mapping[str, str]
    pattern: str


def _read() -> dict[str, CodeList]:
    text = files("graphfraud.model").joinpath("codes.toml").read_text(encoding="utf-8")
    lists = {name: _code_list(name, entry) for name, entry in tomllib.loads(text).items()}
    if set(lists) != set(CODE_LISTS):
        raise ValueError(f"codes.toml must hold exactly the lists {', '.join(CODE_LISTS)}")
    return lists


def _code_list(name: str, entry: Mapping[str, object]) -> CodeList:
    texts, prefixes, missing = entry["values"], entry.get("prefixes", {}), entry["missing"]
    if not (isinstance(texts, dict) and isinstance(prefixes, dict) and isinstance(missing, list)):
        raise TypeError(f"codes.toml: {name} is not laid out as the file's head says")
    pairs = [(text, code) for code, written in texts.items() for text in written]
    if len({text for text, _ in pairs} | set(missing)) != len(pairs) + len(missing):
        raise ValueError(f"codes.toml: {name} gives one text two meanings")
    return CodeList(name, dict(pairs), tuple(missing), prefixes, str(entry.get("pattern", "")))


CODES = _read()
