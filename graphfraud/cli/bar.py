"""Progress on standard error: a bar with rate and time left on a terminal, else plain lines.

Nothing is shown for work that ends within two seconds.
"""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from graphfraud.cli.options import Language
from graphfraud.cli.output import language, printable
from graphfraud.cli.words import say, stage

PATIENCE = 2.0
PLAIN_INTERVAL = 10.0


class Bar:
    """A Progress to hand to the API: `with Bar() as bar: workspace.load(paths, progress=bar)`."""

    def __init__(self, lang: Language | None = None, *, quiet: bool = False) -> None:
        """Speak `lang`, else the environment's language; stay silent when `quiet`."""
        self._lang = language(lang)
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
            self._draw(done, total, new=new)
        elif new or now - self._told >= PLAIN_INTERVAL or self._told == self._begun:
            self._told = now
            sys.stderr.write(f"{self.line(done, total, now)}\n")

    def line(self, done: int, total: int | None, now: float) -> str:
        """Return the plain line: stage, done of total, rate, time left."""
        seconds = max(now - self._stage_begun, 1e-9)
        parts = [self._title(), self._amount(done, total)]
        if done and seconds >= 1:
            rate = done / seconds
            parts.append(say(self._lang, "progress.rate", rate=round(rate)))
            if total:
                left = round(max(total - done, 0) / rate)
                parts.append(say(self._lang, "progress.left", seconds=left))
        return "  ".join(part for part in parts if part)

    def _title(self) -> str:
        return printable(stage(self._lang, self._stage))

    def _amount(self, done: int, total: int | None) -> str:
        if total:
            return say(self._lang, "progress.of_total", done=done, total=total)
        return f"{done:,}" if done else ""

    def _draw(self, done: int, total: int | None, *, new: bool) -> None:
        if self._progress is None:
            self._progress = _bar()
            self._progress.start()
        if new or self._task is None:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(self._title(), total=total, rate="")
        rate = self.line(done, total, time.monotonic()).partition("  ")[2]
        self._progress.update(self._task, completed=done, total=total, rate=rate)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
