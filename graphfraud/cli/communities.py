"""`graphfraud communities`: communities of any projection of the knowledge graph."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphfraud.cli.detect import SnapshotOption
from graphfraud.cli.options import (
    JsonOption,
    Language,
    LanguageOption,
    SeedOption,
    WorkspaceOption,
)
from graphfraud.cli.output import UNKNOWN, language, table, tell
from graphfraud.cli.projecting import (
    FormatOption,
    JobOutOption,
    NodesOption,
    RelationshipsOption,
    ThroughOption,
    WeightOption,
    projection,
)
from graphfraud.cli.words import columns, say
from graphfraud.settings import DEFAULT_SEED

if TYPE_CHECKING:
    import pandas as pd

    from graphfraud import Job

AlgorithmOption = Annotated[
    str,
    typer.Option(
        "--algorithm",
        metavar="NAME",
        help="leiden, louvain, label_propagation, infomap, components or core.",
    ),
]
ResolutionOption = Annotated[
    float,
    typer.Option("--resolution", metavar="X", help="Larger gives more, smaller communities."),
]
ObjectiveOption = Annotated[
    str,
    typer.Option(
        "--objective", metavar="modularity|cpm", help="What Leiden and Louvain make large."
    ),
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="compiled, igraph, or networkit where that extra is installed.",
    ),
]
SHOWN = 20


def communities(
    *,
    workspace: WorkspaceOption = None,
    nodes: NodesOption = None,
    relationships: RelationshipsOption = None,
    weight: WeightOption = "count",
    through: ThroughOption = None,
    algorithm: AlgorithmOption = "leiden",
    resolution: ResolutionOption = 1.0,
    objective: ObjectiveOption = "modularity",
    seed: SeedOption = DEFAULT_SEED,
    engine: EngineOption = "compiled",
    snapshot: SnapshotOption = None,
    out: JobOutOption = None,
    form: FormatOption = "csv",
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find communities in a part of the knowledge graph.

    An algorithm always finds some: a community is no lead. Directions do not count.
    """
    said = language(lang)
    about = {"weight": weight, "through": through, "snapshot": snapshot}
    job = projection(workspace, nodes, relationships, said, **about).communities(
        algorithm, resolution=resolution, objective=objective, seed=seed, engine=engine
    )
    finish(job, out, form)
    tell(
        {"out": None if out is None else str(out), **job.about},
        _text(job, said, out),
        as_json=as_json,
    )


def finish(job: "Job", out: Path | None, form: str) -> None:
    """Write a job's files where a folder is named."""
    if out is not None:
        job.save(out, form)


def head(job: "Job", lang: Language, out: Path | None) -> Iterator[str]:
    """Yield what every job tells: the graph, and where its files are."""
    yield say(lang, "job.graph", **job.about["counts"])
    if out is not None:
        yield say(lang, "results.saved", folder=out)


def _text(job: "Job", lang: Language, out: Path | None) -> Iterator[object]:
    yield from head(job, lang, out)
    quality = job.about["quality"]
    figures = {name: _share(quality[name]) for name in ("modularity", "coverage")}
    counts = {name: quality[name] for name in ("communities", "largest", "singletons")}
    yield say(lang, "job.communities", **counts, **figures)
    sizes = job.table["community"].value_counts().sort_index().head(SHOWN)
    rows = [
        (number, int(size), _mix(job.table.loc[job.table["community"] == number, "kind"]))
        for number, size in sizes.items()
    ]
    yield table(columns(lang, ("community", "number", "kind_of")), rows)


def _mix(kinds: "pd.Series[str]") -> str:
    """Return how many nodes of each kind there are, most first."""
    counts = (
        kinds.astype(str).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    return ", ".join(f"{kind} {n:,}" for kind, n in counts.items())


def _share(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.4f}"
