"""Every statement ever sent to Neo4j, by name: the files under cypher/, and no other text."""

from functools import cache

from graphfraud.errors import StoreError
from graphfraud.resources import bundled

FOLDER = "cypher"
_SUFFIX = ".cypher"


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
