"""Progress on standard error: a bar with rate and time left on a terminal, else plain lines.

Nothing is shown for work that ends within two seconds.
"""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from graphfraud.cli.output import printable

PATIENCE = 2.0
PLAIN_INTERVAL = 10.0


class Bar:
    """A Progress to hand to the API: `with Bar() as bar: workspace.load(paths, progress=bar)`."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Stay silent when `quiet`."""
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._begun = self._stage_begun = self._told = time.monotonic()
        self._stage = ""
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Start the clock."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show how far `stage` is; cheap enough to be called often."""
        now = time.monotonic()
        new = stage != self._stage
        if new:
            self._stage, self._stage_begun = stage, now
        if self._quiet or now - self._begun < PATIENCE:
            return
        if self._terminal:
            self._draw(stage, done, total, new=new)
        elif new or now - self._told >= PLAIN_INTERVAL or self._told == self._begun:
            self._told = now
            sys.stderr.write(f"{self.line(done, total, now)}\n")

    def line(self, done: int, total: int | None, now: float) -> str:
        """Return the plain line: stage, done of total, rate, time left."""
        seconds = max(now - self._stage_begun, 1e-9)
        parts = [printable(self._stage), _amount(done, total)]
        if done and seconds >= 1:
            rate = done / seconds
            parts.append(f"{rate:,.0f}/s")
            if total:
                parts.append(f"{max(total - done, 0) / rate:,.0f} s left")
        return "  ".join(part for part in parts if part)

    def _draw(self, stage: str, done: int, total: int | None, *, new: bool) -> None:
        if self._progress is None:
            self._progress = _bar()
            self._progress.start()
        if new or self._task is None:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(printable(stage), total=total, rate="")
        rate = self.line(done, total, time.monotonic()).partition("  ")[2]
        self._progress.update(self._task, completed=done, total=total, rate=rate)


def _amount(done: int, total: int | None) -> str:
    if total:
        return f"{done:,} of {total:,}"
    return f"{done:,}" if done else ""


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
