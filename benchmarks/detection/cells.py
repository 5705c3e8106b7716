"""Pieces of work whose answers are kept: a run that is broken off goes on where it was.

A cell's file bears a hash of all it was asked, so that another size or seed is another cell. After
a change of the code, take another folder or delete `cells/`.
"""

import hashlib
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphfraud.settings import THREADS_VARIABLE

Answer = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One piece: `work(**asked)`, a function of a module, whose answer can be written as JSON."""

    part: str
    name: str
    work: Callable[..., Answer]
    asked: Mapping[str, Any]

    def path(self, out: Path) -> Path:
        """Return the file of its answer."""
        text = json.dumps(self.asked, sort_keys=True, ensure_ascii=False)
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        return out / "cells" / self.part / f"{self.name}-{mark}.json"


def answers(cells: Sequence[Cell], out: Path, workers: int = 1) -> list[Answer]:
    """Return the answers in the order of the cells; those that are not there yet are worked out."""
    missing = [cell for cell in cells if not cell.path(out).is_file()]
    _tell(f"{len(cells) - len(missing)} of {len(cells)} cells are there")
    if workers == 1 or len(missing) < 2:
        for number, cell in enumerate(missing, 1):
            _keep(cell, out, _worked(cell), f"{number} of {len(missing)}")
    else:
        _side_by_side(missing, out, workers)
    return [json.loads(cell.path(out).read_text(encoding="utf-8"))["answer"] for cell in cells]


def _side_by_side(missing: Sequence[Cell], out: Path, workers: int) -> None:
    """Work the cells out in processes of their own, which share the cores."""
    threads = str(max(1, (os.cpu_count() or 1) // workers))
    context = multiprocessing.get_context("spawn")  # threads of the engine do not survive a fork
    with ProcessPoolExecutor(workers, context, _limit, (threads,)) as pool:
        asked: dict[Future[tuple[Answer, float]], Cell] = {
            pool.submit(_worked, cell): cell for cell in missing
        }
        try:
            for number, done in enumerate(as_completed(asked), 1):
                _keep(asked[done], out, done.result(), f"{number} of {len(missing)}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _limit(threads: str) -> None:
    os.environ[THREADS_VARIABLE] = threads


def _worked(cell: Cell) -> tuple[Answer, float]:
    begun = time.perf_counter()
    return cell.work(**cell.asked), time.perf_counter() - begun


def _keep(cell: Cell, out: Path, done: tuple[Answer, float], count: str) -> None:
    """Write the answer whole or not at all."""
    path = cell.path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"asked": cell.asked, "answer": done[0]}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(kept, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    part.replace(path)
    _tell(f"{cell.part} {count}: {cell.name}, {done[1]:.0f} s")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
