"""Makes a sample: tables as the data contract names them, and the truth beside them."""

from pathlib import Path

import numpy as np

from graphfraud.progress import Progress, silent

from .casting import Cast
from .claim_table import claims_table
from .conflicts import untangled
from .duplicates import DUPLICATES
from .duplicates.ledger import Ledger
from .files import FORMATS, write_table
from .honest import honest_visits
from .lookalikes import LOOKALIKES
from .plan import Plan, preset
from .planting import Planting
from .registers import doctors_table, facilities_table, persons_table, relations_table
from .rings import RINGS
from .settlement import Claims, settled
from .travel import travelled
from .true_ids import true_tables
from .truth import Truth, write_truth
from .visits import Visits
from .world import World, build_world


def generate(
    out: Path,
    *,
    persons: int,
    days: int,
    seed: int,
    clean: bool = False,
    difficulty: str = "default",
    plan: Plan | None = None,
    format: str = "csv",  # noqa: A002 - the command's own word
    progress: Progress = silent,
) -> Truth:
    """Write the tables into `out` and the truth into out/truth; return the truth.

    The same arguments give the same bytes. `plan` replaces the plan of `difficulty`; `clean`
    plants neither rings nor duplicates. ValueError for an unknown format, difficulty or size.
    """
    if format not in FORMATS or persons < 100 or days < 1:
        raise ValueError("A sample needs 100 persons, one day and the format csv or parquet.")
    progress("people and places", 0, None)
    world = build_world(plan or preset(difficulty), persons, days, seed)
    planting = plant(world, clean=clean)
    progress("visits", 0, None)
    claims, ledger = settle_everything(world, visit_everything(world, planting), clean=clean)
    out.mkdir(parents=True, exist_ok=True)
    counts = _write_tables(out, world, planting, claims, format, progress)
    truth = true_tables(world, planting, claims, ledger, difficulty, counts)
    write_truth(out / "truth", truth)
    return truth


def plant(world: World, *, clean: bool) -> Planting:
    """Cast and plan the honest look-alikes and, unless `clean`, the rings."""
    planting = Planting(Cast(world.people))
    for honest in LOOKALIKES:
        honest(world, planting)
    for ring in () if clean else RINGS:
        ring(world, planting)
    return planting


def visit_everything(world: World, planting: Planting) -> Visits:
    """Return honest and planted visits together, without contradictions, in time order."""
    moved, _ = travelled(world, honest_visits(world))
    return untangled(world, Visits.joined([moved, *planting.made]))


def settle_everything(world: World, made: Visits, *, clean: bool) -> tuple[Claims, Ledger]:
    """Settle all visits, add duplicates unless `clean`, and sort by settlement."""
    claims = settled(world, made)
    ledger = Ledger(len(claims))
    for duplicate in () if clean else DUPLICATES:
        duplicate(world, claims, ledger)
    claims = Claims.joined([claims, *ledger.added])
    return claims.take(np.lexsort((claims.number, claims.settled))), ledger


def _write_tables(
    out: Path, world: World, planting: Planting, claims: Claims, kind: str, progress: Progress
) -> dict[str, int]:
    tables = {
        "persons": iter([persons_table(world)]),
        "facilities": iter([facilities_table(world)]),
        "doctors": iter([doctors_table(world)]),
        "relations": iter([relations_table(world, planting)]),
        "claims": claims_table(world, claims),
    }
    counts: dict[str, int] = {}
    for number, (name, pieces) in enumerate(tables.items()):
        progress(f"write {name}", number, len(tables))
        counts[name] = write_table(out, name, pieces, kind)
    return counts
