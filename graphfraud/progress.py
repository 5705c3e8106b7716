"""How long work tells what it is doing: one call signature from the kernels up to the screen."""

from typing import Protocol


class Progress(Protocol):
    """Called with a stage's name, how much is done, and how much there is (None: unknown)."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Report; must return quickly and never raise."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Report to nobody: the default everywhere.

    >>> silent("read", 1, 10)
    """
    del stage, done, total
