"""Every statement ever sent to Neo4j, by name: the files under cypher/, and no other text."""

import re
from functools import cache

from graphfraud.errors import StoreError
from graphfraud.resources import bundled

FOLDER = "cypher"
_SUFFIX = ".cypher"
_MADE = re.compile(r"^CREATE (?:CONSTRAINT|INDEX|TEXT INDEX) (\w+)", re.MULTILINE)


@cache
def names() -> tuple[str, ...]:
    """Return the name of every statement, sorted: its path under cypher/, without the suffix.

    >>> "read/server" in names()
    True
    """
    folder = bundled(FOLDER)
    files = (path.relative_to(folder) for path in folder.rglob(f"*{_SUFFIX}"))
    return tuple(sorted(path.as_posix().removesuffix(_SUFFIX) for path in files))


@cache
def statement(name: str) -> str:
    """Return the text of cypher/<name>.cypher, its header too; StoreError if there is none."""
    if name not in names():
        raise StoreError(
            f"There is no statement {name!r} in {FOLDER}/.", hint="Install graphfraud again."
        )
    return (bundled(FOLDER) / f"{name}{_SUFFIX}").read_text(encoding="utf-8")


def made_by(name: str) -> str:
    """Return what the constraint or index is called that a statement makes; "" for any other.

    >>> made_by("schema/constraint_graph"), made_by("schema/await")
    ('graph_number', '')
    """
    found = _MADE.search(statement(name)) if name.startswith("schema/") else None
    return found[1] if found else ""
