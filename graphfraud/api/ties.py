"""The validated network of a pattern as a projection: all ties that beat chance."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphfraud.api.projection import Projection
from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.errors import UsageError
from graphfraud.findings.needs import missing
from graphfraud.model.ontology import ONTOLOGY
from graphfraud.network.adjacency import NO_WEIGHTS, edges_of
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.registry import PATTERNS, chosen, settings
from graphfraud.progress import Progress, silent
from graphfraud.settings import limits
from graphfraud.workspace import Snapshot, WorkspaceFolder

_ENDS = ("type_a", "a", "type_b", "b")


def validated_ties(
    workspace: WorkspaceFolder,
    snapshot: Snapshot,
    pattern: str,
    *,
    seed: int,
    parameters: Mapping[str, str],
    progress: Progress = silent,
) -> Projection:
    """Run one pattern and return its ties; weight: observed where it counts, all it knows beside.

    UsageError where the pattern is unknown, lacks its data, or ties nobody to anybody.
    """
    (name,) = chosen([pattern])
    values = settings(parameters)[name]
    with workspace.staging() as spill:
        allowed = [workspace.path]
        with Engine(temporary=spill, limits=limits(), allowed=allowed) as engine:
            attach_snapshot(engine, workspace, snapshot, progress)
            if needed := missing(engine, PATTERNS[name].DESCRIPTION.needs):
                raise UsageError(f"{name} needs {', '.join(needed)}.", hint="Load them first.")
            context = Context(engine, seed, progress, limits().threads or 2)
            outcome: Outcome = PATTERNS[name].run(context, values)
    if outcome.network is None:
        raise UsageError(f"{name} has no ties.", hint="co_visit has, for one.")
    about = {"snapshot_id": snapshot.snapshot_id, "pattern": name, "parameters": values}
    return network_of(outcome.network, {**about, "seed": seed})


def network_of(ties: pd.DataFrame, about: Mapping[str, object]) -> Projection:
    """Return the ties with vertices sorted by kind and id; of parallel ties the strongest."""
    ends = [
        pd.DataFrame({"kind": ties[f"type_{end}"].map(_kind_of), "id": ties[end].astype(str)})
        for end in "ab"
    ]
    nodes = pd.concat(ends).drop_duplicates().sort_values(["kind", "id"], ignore_index=True)
    place = pd.MultiIndex.from_frame(nodes)
    a, b = (place.get_indexer(pd.MultiIndex.from_frame(one)) for one in ends)
    known = ties.drop(columns=list(_ENDS)).assign(a=np.minimum(a, b), b=np.maximum(a, b))
    weight = "observed" if "observed" in known else "none"
    order = ["a", "b", *([weight] if weight in known else [])]
    known = known.sort_values(order, ascending=[True, True, False][: len(order)], kind="stable")
    known = known[known["a"] != known["b"]].drop_duplicates(["a", "b"])
    values = {str(name): known[name].to_numpy() for name in known.columns.drop(["a", "b"])}
    counts = values[weight].astype(np.float64) if weight in values else NO_WEIGHTS
    edges = edges_of(len(nodes), known["a"].to_numpy(), known["b"].to_numpy(), counts)
    return Projection(nodes, edges, {**about, "weight": weight}, values)


def _kind_of(entity_type: str) -> str:
    return ONTOLOGY.kind(entity_type).name
