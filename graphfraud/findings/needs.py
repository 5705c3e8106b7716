"""What a pattern needs and a snapshot lacks: it is told, not guessed around."""

from collections.abc import Sequence

from graphfraud.engine.duckdb import Engine
from graphfraud.model.tables import TABLES


def missing(engine: Engine, needs: Sequence[str]) -> tuple[str, ...]:
    """Return those of `needs` (a table, or table.column) in which nothing at all was delivered.

    A snapshot without a single claim lacks nothing: there is nothing to be found in it.
    """
    if not _filled(engine, "claims"):
        return ()
    return tuple(need for need in needs if not _filled(engine, need))


def _filled(engine: Engine, need: str) -> bool:
    table, _, column = need.partition(".")
    names = {"table": table, "column": column or TABLES[table].column_names[0]}
    return bool(engine.arrays("findings/filled", names=names)["filled"][0])
