"""`graphfraud centrality`: who is central in any projection of the knowledge graph."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphfraud.cli.communities import finish, head
from graphfraud.cli.detect import SnapshotOption
from graphfraud.cli.options import (
    JsonOption,
    Language,
    LanguageOption,
    SeedOption,
    WorkspaceOption,
)
from graphfraud.cli.output import language, records, table, tell
from graphfraud.cli.projecting import (
    FormatOption,
    JobOutOption,
    NodesOption,
    RelationshipsOption,
    ThroughOption,
    WeightOption,
    named,
    projection,
)
from graphfraud.cli.words import columns, say
from graphfraud.settings import DEFAULT_SEED

if TYPE_CHECKING:
    from graphfraud import Job

MeasureOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME,…",
        help="degree, weighted_degree, pagerank, betweenness, core; harmonic if asked for.",
    ),
]
DampingOption = Annotated[
    float, typer.Option("--damping", metavar="X", help="PageRank's chance to go on, below 1.")
]
ExactOption = Annotated[
    int,
    typer.Option(
        "--exact-up-to",
        metavar="N",
        min=0,
        help="Up to so many nodes, shortest paths are searched from all of them.",
    ),
]
SamplesOption = Annotated[
    int,
    typer.Option(
        "--samples", metavar="N", help="Beyond, from so many, and the standard error is told."
    ),
]
SHOWN = 20


def centrality(
    *,
    workspace: WorkspaceOption = None,
    nodes: NodesOption = None,
    relationships: RelationshipsOption = None,
    weight: WeightOption = "count",
    through: ThroughOption = None,
    measure: MeasureOption = None,
    damping: DampingOption = 0.85,
    exact_up_to: ExactOption = 5_000,
    samples: SamplesOption = 100,
    seed: SeedOption = DEFAULT_SEED,
    snapshot: SnapshotOption = None,
    out: JobOutOption = None,
    form: FormatOption = "csv",
    lang: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell who is central in a part of the knowledge graph.

    Shortest paths count ties, not weights. To be central is no lead. Directions do not count.
    """
    said = language(lang)
    about = {"weight": weight, "through": through, "snapshot": snapshot}
    found = projection(workspace, nodes, relationships, said, **about)
    how = {"damping": damping, "exact_up_to": exact_up_to, "samples": samples, "seed": seed}
    job = found.centrality(*([named(measure)] if measure else []), **how)  # type: ignore[arg-type]
    finish(job, out, form)
    tell(
        {"out": None if out is None else str(out), **job.about},
        _text(job, said, out),
        as_json=as_json,
    )


def _text(job: "Job", lang: Language, out: Path | None) -> Iterator[object]:
    yield from head(job, lang, out)
    if 0 < job.about["sources"] < job.about["counts"]["nodes"]:
        yield say(lang, "job.sampled", sources=job.about["sources"])
    measures = [name for name in job.table.columns if name not in {"kind", "id"}]
    first = "pagerank" if "pagerank" in measures else measures[0]
    yield say(lang, "job.highest", measure=first)
    rows = job.table.sort_values([first, "kind", "id"], ascending=[False, True, True]).head(SHOWN)
    lines = [[_cell(cell) for cell in row.values()] for row in records(rows)]
    yield table([*columns(lang, ("kind_of", "id")), *measures], lines)


def _cell(value: object) -> object:
    return f"{value:.4g}" if isinstance(value, float) else value
