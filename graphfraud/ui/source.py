"""Where pages get their data: the Python API, opened once a run and kept between clicks.

A run never changes, so what is kept cannot grow stale.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import streamlit as st

from graphfraud.api import Results, Ring, Status, Workspace, open_workspace
from graphfraud.api.lineage import Lineage
from graphfraud.graph.questions import Question
from graphfraud.resources import bundled


def present(path: Path) -> bool:
    """Say whether anything is at `path`: a workspace, or what opening it will complain about."""
    return path.exists() and (not path.is_dir() or any(path.iterdir()))


def opened(path: Path) -> Workspace:
    """Open the workspace without making one; WorkspaceError where it is damaged or newer."""
    return open_workspace(path, create=False)


def status(path: Path) -> Status:
    """Return what the workspace holds now: feeds and runs."""
    return opened(path).status()


@st.cache_resource(max_entries=4, show_spinner=False)
def results(path: str, run_id: str) -> Results:
    """Return the results of one run; WorkspaceError where it is missing."""
    return opened(Path(path)).results(run_id)


@dataclass(frozen=True, eq=False)
class Sight:
    """A ring with its graph and each node's place, made once: every click shows them again."""

    ring: Ring
    graph: nx.Graph
    places: dict[str, tuple[float, float]]


def sight(ring: Ring) -> Sight:
    """Make the graph of a ring and lay it out."""
    return Sight(ring, ring.to_networkx(), ring.layout())


@st.cache_resource(max_entries=32, show_spinner=False)
def seen(path: str, run_id: str, ring_id: str) -> Sight:
    """Return one ring of a run; UsageError where the run has no such ring."""
    return sight(results(path, run_id).ring(ring_id))


@dataclass(frozen=True, eq=False)
class Marks:
    """What is known of a run's rings beside its results: their lineage, and people's judgements."""

    lineage: Lineage
    judgements: pd.DataFrame


def marks(path: Path, run_id: str) -> Marks:
    """Return the lineage, which never changes, and the judgements as they are now."""
    return Marks(_lineage(str(path.resolve()), run_id), opened(path).judgements(run_id))


@st.cache_resource(max_entries=4, show_spinner=False)
def _lineage(path: str, run_id: str) -> Lineage:
    return opened(Path(path)).lineage(run_id)


@st.cache_data(max_entries=32, show_spinner=False)
def answer(
    path: str, run_id: str, question: str, given: tuple[tuple[str, Any], ...]
) -> list[tuple[Any, ...]]:
    """Return the answer to a saved question, from the graph in the workspace."""
    store = opened(Path(path))
    snapshot = next(run.snapshot_id for run in store.runs() if run.run_id == run_id)
    store.fill_graph(snapshot=snapshot, run=run_id)
    with store.graph(snapshot=snapshot) as graph:
        return graph.ask(question, dict(given))[1]


def cypher_of(question: Question) -> str:
    """Return the statement that asks the same of a Neo4j server, to be pasted there."""
    file = bundled("cypher") / f"{question.statement}.cypher"
    return file.read_text(encoding="utf-8")
