"""The layout of a file that describes itself: its header says which table it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.plan import TablePlan
from loaders.recognise import recognise


@dataclass(frozen=True)
class RecognisedLayout:
    """A file whose header says which table it is."""

    file_name: str
    encoding: int | None = None
    delimiter: str | None = None

    def plans(self, headers: Sequence[str]) -> tuple[TablePlan, ...]:
        """Return the one table that the headers make."""
        return (recognise(headers, self.file_name),)
