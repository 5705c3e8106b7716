"""What a user may set outside a command: the workspace and how much of the machine to use."""

import os
from dataclasses import dataclass
from pathlib import Path

from graphfraud.errors import UsageError

WORKSPACE_VARIABLE = "GRAPHFRAUD_WORKSPACE"
MEMORY_VARIABLE = "GRAPHFRAUD_MEMORY_GB"
THREADS_VARIABLE = "GRAPHFRAUD_THREADS"
BATCH_VARIABLE = "GRAPHFRAUD_BATCH_ROWS"
LANGUAGE_VARIABLE = "GRAPHFRAUD_LANG"
DEBUG_VARIABLE = "GRAPHFRAUD_DEBUG"
DEFAULT_SEED = 20260101

URI_VARIABLE = "NEO4J_URI"
USER_VARIABLE = "NEO4J_USER"
PASSWORD_VARIABLE = "NEO4J_PASSWORD"  # noqa: S105  a variable's name, no password
JARS_VARIABLE = "GRAPHFRAUD_NEO4J_LIB"
NEO4J_VARIABLES = {
    URI_VARIABLE: "The Neo4j server of --store neo4j, e.g. neo4j://127.0.0.1:7687.",
    USER_VARIABLE: "Its user, else neo4j.",
    PASSWORD_VARIABLE: "The user's password; else it is looked for in the system's keyring.",
    JARS_VARIABLE: "The folder of the server's jars; else one in the user's cache.",
}
VARIABLES = {
    WORKSPACE_VARIABLE: "The workspace where no --workspace is given; else ./workspace.",
    MEMORY_VARIABLE: "The memory the engine may use, in GB; beyond it, it works on disk.",
    THREADS_VARIABLE: "The processor cores that may be used; else all of them.",
    BATCH_VARIABLE: "Rows that leave the engine at once, else 131072; fewer need less memory.",
    LANGUAGE_VARIABLE: "The language of sentences, zh or en; else the system's.",
    DEBUG_VARIABLE: "Anything: an internal error also prints where it happened.",
    **NEO4J_VARIABLES,
}


@dataclass(frozen=True)
class Limits:
    """How much of the machine the engine may take: memory in GB, threads; None leaves it free.

    batch_rows: about how many rows it hands over at once. No limit changes a result.
    """

    memory_gb: float | None = None
    threads: int | None = None
    batch_rows: int = 1 << 17


def workspace_path(given: str | Path | None = None) -> Path:
    """Return the workspace: as given, else $GRAPHFRAUD_WORKSPACE, else ./workspace.

    >>> workspace_path("case-7").as_posix()
    'case-7'
    """
    return Path(given or os.environ.get(WORKSPACE_VARIABLE) or "workspace")


def limits() -> Limits:
    """Read the limits from the environment; UsageError where a value is no positive number."""
    memory = _positive(MEMORY_VARIABLE)
    threads = _positive(THREADS_VARIABLE)
    batch = _positive(BATCH_VARIABLE) or Limits.batch_rows
    return Limits(memory, None if threads is None else max(1, int(threads)), max(1, int(batch)))


def _positive(variable: str) -> float | None:
    text = os.environ.get(variable)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not value > 0:
        raise UsageError(f"{variable} is {text!r}.", hint="Give a positive number.")
    return value
