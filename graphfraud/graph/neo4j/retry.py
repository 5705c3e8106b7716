"""Writes again where nobody knows whether it happened."""

from collections.abc import Callable
from typing import Any

from graphfraud.graph.neo4j.connection import UnsureError

_ATTEMPTS = 5


def persistently(write: Callable[[], list[list[Any]]]) -> list[list[Any]]:
    """Call a write that may happen twice, or tells by itself that it has happened already."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return write()
        except UnsureError:
            continue
    return write()
