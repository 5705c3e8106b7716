"""Looks for every conduct signal in every ring, and says so where the data does not allow it."""

from collections.abc import Sequence
from dataclasses import replace

from graphfraud.engine.duckdb import Engine
from graphfraud.findings.needs import missing
from graphfraud.findings.rings import Ring
from graphfraud.findings.signals.contract import lacking
from graphfraud.findings.signals.reading import read_rows
from graphfraud.findings.signals.registry import SIGNALS
from graphfraud.findings.variants import variants


def with_signals(engine: Engine, rings: Sequence[Ring]) -> list[Ring]:
    """Return the rings with all signals, in the order of the registry, and named by them.

    Scores follow from the signals.
    """
    if not rings:
        return []
    absent = {code: missing(engine, module.DESCRIPTION.needs) for code, module in SIGNALS.items()}
    told = []
    for ring, rows in zip(rings, read_rows(engine, rings), strict=True):
        signals = tuple(
            lacking(module.DESCRIPTION, absent[code]) if absent[code] else module.look(rows)
            for code, module in SIGNALS.items()
        )
        assessed = replace(ring, signals=signals)
        told.append(replace(assessed, variants=variants(assessed, rows)))
    return told
