"""Makes a sample: tables as the data contract names them, and the truth beside them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import numpy as np
import pyarrow as pa

from graphfraud.progress import Progress, silent

from .books import HONEST, PLANTED
from .books.ledger import Books, Ledger
from .casting import Cast, CastExhaustedError
from .claim_table import claims_table
from .conflicts import untangled
from .files import FORMATS, write_table
from .honest import honest_visits
from .ids import Ids, build_ids
from .item_table import items_table
from .items import itemised, totals, with_copies
from .lookalikes import LOOKALIKES
from .payments import payments_table
from .plan import Plan, preset
from .planting import Planting
from .registers import build_registers
from .rings import RINGS
from .settlement import Claims, settled
from .travel import travelled
from .true_ids import build_truth
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
    made = visit_everything(world, planting)
    progress("claims", 0, None)
    books = keep_books(world, planting, made, clean=clean)
    ids = build_ids(world)
    counts = _write_tables(out, _tables(books, ids), format, progress)
    truth = build_truth(books, ids, difficulty, counts)
    write_truth(out / "truth", truth)
    return truth


def plant(world: World, *, clean: bool) -> Planting:
    """Cast and plan the honest look-alikes and, unless `clean`, the rings."""
    planting = Planting(Cast(world.people))
    for part in LOOKALIKES if clean else (*LOOKALIKES, *RINGS):
        with suppress(CastExhaustedError):
            part(world, planting)
    return planting


def visit_everything(world: World, planting: Planting) -> Visits:
    """Return honest and planted visits together, without contradictions, in time order."""
    moved = travelled(world, honest_visits(world))
    return untangled(world, Visits.joined([moved, *planting.made]))


def keep_books(world: World, planting: Planting, made: Visits, *, clean: bool) -> Books:
    """Settle all visits, add what follows, and sort claims by settlement."""
    items = itemised(world, made, planting.baskets)
    claims = settled(world, made, totals(items, len(made)), planting.operators)
    books = Books(world, planting, claims, items, Ledger(len(claims)))
    for follow in HONEST if clean else (*HONEST, *PLANTED):
        follow(books)
    books.items = with_copies(items, books.ledger.copies)
    claims = Claims.joined([claims, *books.ledger.added])
    books.claims = claims.take(np.lexsort((claims.number, claims.settled)))
    return books


def _tables(books: Books, ids: Ids) -> dict[str, Iterator[pa.Table]]:
    world, planting, claims = books.world, books.planting, books.claims
    registers = build_registers(world, planting, ids)
    tables = {field.name: iter([getattr(registers, field.name)]) for field in fields(registers)}
    tables["claims"] = claims_table(world, claims, ids)
    tables["claim_items"] = items_table(claims, books.items)
    tables["payments"] = payments_table(world, planting, claims, registers)
    return tables


def _write_tables(
    out: Path, tables: dict[str, Iterator[pa.Table]], kind: str, progress: Progress
) -> dict[str, int]:
    out.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for number, (name, pieces) in enumerate(tables.items()):
        progress(f"write {name}", number, len(tables))
        counts[name] = write_table(out, name, pieces, kind)
    return counts
