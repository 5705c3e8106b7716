"""What every reader hands to the typing steps: records in the engine, and those found broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from graphfraud.engine.duckdb import Engine
from loaders.plan import TablePlan

BROKEN = pa.schema(
    [
        ("record_no", pa.int64()),
        ("line_no", pa.int64()),
        ("reasons", pa.list_(pa.string())),
        ("raw", pa.string()),
        ("record_hash", pa.binary()),
    ]
)


@dataclass(frozen=True)
class Records:
    """The records of one source, ready to be typed, and the tables they feed.

    sound: how many the engine will see under the view `source`, which `attach` makes; `numbered`
    says whether they carry record_no and file_line; `tidy` that no field has blanks around it,
    control characters or a +, so that SQL need not look. broken: those that cannot be split into
    columns.
    """

    plans: tuple[TablePlan, ...]
    sound: int
    numbered: bool
    attach: Callable[[Engine], None]
    broken: Callable[[], Iterator[pa.Table]] = field(default=lambda: iter(()))
    n_broken: int = 0
    tidy: bool = False
    encoding: str = ""
    notes: tuple[str, ...] = ()
