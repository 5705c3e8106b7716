"""The relational engine: one DuckDB connection in memory, fenced in, that runs our SQL files.

Fenced in means: it reads and writes only the folders it is given, spills to the temporary folder,
loads no extension, looks at no Python variable, and nothing can change this later.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from graphfraud.engine.values import files_named, plain, whole_columns
from graphfraud.errors import EngineError
from graphfraud.settings import MEMORY_VARIABLE, Limits
from graphfraud.sql import statement

T = TypeVar("T")

_PATIENCE = 0.2  # seconds: a wait without an end cannot be interrupted on Windows
_NOTHING: Mapping[str, object] = {}
_NO_NAMES: Mapping[str, str] = {}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_CALLS = re.compile(r"(?:[a-z][a-z0-9_]*|\$[a-z][a-z0-9_]*|[(), ]|\b(?:AS|OR)\b)+")


class Engine:
    """Runs the steps of graphfraud/sql; use it as a context manager."""

    def __init__(
        self,
        *,
        temporary: Path,
        limits: Limits | None = None,
        allowed: Iterable[Path] = (),
        keep_order: bool = True,
    ) -> None:
        """Open a connection that may touch `temporary` and the `allowed` folders, nothing else.

        keep_order=False lets rows come out in any order, which needs less memory.
        """
        limits = limits or Limits()
        temporary.mkdir(parents=True, exist_ok=True)
        options: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
            "preserve_insertion_order": str(keep_order).lower(),
            "temp_directory": str(temporary.resolve()),
        }
        if limits.threads is not None:
            options["threads"] = str(limits.threads)
        if limits.memory_gb is not None:
            options["memory_limit"] = f"{limits.memory_gb:g}GB"
        self._batch_rows = limits.batch_rows
        self._connection = duckdb.connect(":memory:", config=options)
        folders = [str(folder.resolve()) for folder in (temporary, *allowed)]
        self.run("engine/fence", {"folders": folders})

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; its tables are gone."""
        self._connection.close()

    def run(
        self,
        step: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        names: Mapping[str, str] = _NO_NAMES,
    ) -> None:
        """Run graphfraud/sql/<step>.sql, one or several statements.

        parameters: a value for every $parameter of the file; a Path, or a list of them, is named
            in the error when the step fails. A file path is a value like any other, in
            `read_parquet($files)` as well as in `COPY … TO $target`.
        names: for every {placeholder} of the file identifiers, or a list of macro calls on
            identifiers and $parameters; our own constants, never data.
        Raises EngineError, which names the step and the files.
        """
        self._last(step, parameters, names, self._execute)

    def frame(
        self,
        step: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        names: Mapping[str, str] = _NO_NAMES,
    ) -> pd.DataFrame:
        """Run a step as `run` does and return the rows of its last statement as a DataFrame."""
        table: pd.DataFrame = self._last(
            step, parameters, names, lambda *last: self._rows(*last).df()
        )
        return table

    def arrow(
        self,
        step: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        names: Mapping[str, str] = _NO_NAMES,
    ) -> pa.Table:
        """Run a step as `run` does and return the rows of its last statement as an Arrow table."""
        return self._last(step, parameters, names, lambda *last: self._rows(*last).to_arrow_table())

    def batches(
        self,
        step: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        names: Mapping[str, str] = _NO_NAMES,
    ) -> Iterator[pa.RecordBatch]:
        """Run a step as `run` does and hand over its last statement's rows as they are made.

        Nothing else may run on this engine until the last batch (see Limits) is taken.
        """
        rows = self._batch_rows
        reader = self._last(
            step, parameters, names, lambda *last: self._rows(*last).to_arrow_reader(rows)
        )
        try:
            yield from reader
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise _failure(step, parameters, error) from error

    def arrays(
        self,
        step: str,
        parameters: Mapping[str, object] = _NOTHING,
        *,
        names: Mapping[str, str] = _NO_NAMES,
    ) -> dict[str, np.ndarray]:
        """Run a step as `run` does and return each column of its last statement as an array.

        Text is an object array (None where missing); a number must not be missing: EngineError.
        """
        columns = self._last(step, parameters, names, lambda *last: self._rows(*last).fetchnumpy())
        return whole_columns(step, columns)

    def register(self, name: str, table: pa.Table | pd.DataFrame) -> None:
        """Let steps read `table` under `name` without copying it."""
        self._connection.register(_identifier(name), table)

    def unregister(self, name: str) -> None:
        """Forget a registered table."""
        self._connection.unregister(_identifier(name))

    def drop(self, *tables: str) -> None:
        """Forget tables that steps made, where they are there: what they hold is memory."""
        for table in tables:
            self.run("engine/drop", names={"table": table})

    def _last(
        self,
        step: str,
        parameters: Mapping[str, object],
        names: Mapping[str, str],
        finish: Callable[[duckdb.Statement, dict[str, object]], T],
    ) -> T:
        """Execute all statements of the step but the last, and return `finish` of the last."""
        text = statement(step)
        for name, identifier in names.items():
            text = text.replace("{" + name + "}", _calls(identifier))
        given = {name: plain(value) for name, value in parameters.items()}

        def work() -> T:
            *first, last = self._connection.extract_statements(text)
            for part in first:
                self._execute(part, given)
            return finish(last, given)

        try:
            return self._interruptible(work)
        except duckdb.Error as error:
            raise _failure(step, parameters, error) from error

    def _interruptible(self, work: Callable[[], T]) -> T:
        """Return work(), done beside the main thread, so that Ctrl-C is heard while it runs.

        DuckDB looks at signals only when a statement ends, which may be minutes later.
        """
        if threading.current_thread() is not threading.main_thread():
            return work()
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(work)
            try:
                while not future.done():
                    wait([future], timeout=_PATIENCE)
            except KeyboardInterrupt:
                self._connection.interrupt()
                wait([future])
                raise
            return future.result()

    def _execute(self, part: duckdb.Statement, given: Mapping[str, object]) -> None:
        # Fetching ends the statement: left open, its result would block the next one.
        self._connection.execute(part, _wanted(part, given)).fetchall()

    def _rows(self, part: duckdb.Statement, given: Mapping[str, object]) -> duckdb.DuckDBPyRelation:
        # A relation hands its rows over as they are made; a cursor would hold a copy of them all.
        return self._connection.sql(part, params=_wanted(part, given))


def _wanted(part: duckdb.Statement, given: Mapping[str, object]) -> dict[str, object]:
    """Return what this statement asks for: a step's statements share one set of parameters."""
    return {name: given[name] for name in part.named_parameters if name in given}


def _identifier(name: str) -> str:
    """Return `name`, or EngineError where it is anything but a plain lower-case identifier."""
    if not _IDENTIFIER.fullmatch(name):
        raise EngineError(f"{name!r} is no name for a table or column.")
    return name


def _calls(text: str) -> str:
    """Return `text`, or EngineError where it holds more than names, macro calls and $parameters."""
    if not _CALLS.fullmatch(text):
        raise EngineError(f"{text!r} is no name and no list of macro calls.")
    return text


def _failure(step: str, parameters: Mapping[str, object], error: Exception) -> EngineError:
    """Return what went wrong in which step, on which files, and what to do about it."""
    files = files_named(parameters)
    reason = str(error).strip().split("\n\nLINE", maxsplit=1)[0]
    where = f" on {', '.join(files)}" if files else ""
    hint = ""
    if isinstance(error, duckdb.OutOfMemoryException):
        hint = f"Give it more memory with {MEMORY_VARIABLE}, or free space in the temporary folder."
    return EngineError(
        f"Step {step} (graphfraud/sql/{step}.sql) failed{where}: {reason}", hint=hint
    )
