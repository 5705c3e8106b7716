"""What a load says when it is done: one outcome a file, and what was not read and why."""

from dataclasses import dataclass

from graphfraud.errors import FeedError
from graphfraud.workspace import Feed


@dataclass(frozen=True)
class FeedOutcome:
    """One delivered file: the feed it became; `already` where the workspace had it before."""

    feed: Feed
    already: bool = False


@dataclass(frozen=True)
class LoadReport:
    """All files of one call, in the order of their paths; rows are counted over all of them.

    ignored: files of a folder that are none of ours. faults: files that could not be read.
    """

    feeds: tuple[FeedOutcome, ...] = ()
    ignored: tuple[str, ...] = ()
    faults: tuple[FeedError, ...] = ()

    @property
    def read(self) -> int:
        """Return the rows read."""
        return self._rows("read")

    @property
    def loaded(self) -> int:
        """Return the rows loaded."""
        return self._rows("loaded")

    @property
    def duplicate(self) -> int:
        """Return the rows that came more than once."""
        return self._rows("duplicate")

    @property
    def conflict(self) -> int:
        """Return the rows set aside because they contradict each other."""
        return self._rows("conflict")

    @property
    def rejected(self) -> int:
        """Return the rows rejected."""
        return self._rows("rejected")

    @property
    def rejected_share(self) -> float:
        """Return the share of rows rejected, 0 where nothing was read."""
        return self.rejected / self.read if self.read else 0.0

    def _rows(self, outcome: str) -> int:
        counts = (count for item in self.feeds for count in item.feed.tables.values())
        return sum(getattr(count, outcome) for count in counts)


class DeliveryError(FeedError):
    """Files of a delivery that cannot be read; `report` tells of the others, which are loaded."""

    def __init__(self, report: LoadReport) -> None:
        """Put all faults into one message."""
        faults = report.faults
        if len(faults) == 1:
            super().__init__(faults[0].message, hint=faults[0].hint)
        else:
            total = len(faults) + len(report.feeds)
            lines = "".join(f"\n- {fault}" for fault in faults)
            super().__init__(f"{len(faults)} of {total} files cannot be read:{lines}\n")
        self.report = report
