"""Recognises a table by its header alone: canonical, national and Chinese column names.

Case, spaces, a byte order mark and decorations such as `psn_no(人员编号)` do not matter. The table
with the most known columns wins; the file's name breaks ties. Where two headers mean one column
(begndate and adm_date), the first that is not empty counts, in the order in which
model/tables.toml lists the names.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from graphfraud.errors import FeedError
from graphfraud.model.tables import TABLES, Column, Table
from loaders.plan import Rule, TablePlan


class UnknownLayoutError(FeedError):
    """A header that makes no table, or several."""


_BRACKETS = re.compile(r"[()（）\[\]【】]")


def plain_name(header: str) -> str:
    r"""Return a header as it is compared: no case, no surrounding or inner spaces, no mark.

    >>> plain_name("\ufeff PSN_NO ")
    'psn_no'
    """
    return re.sub(r"\s+", "", header.strip("\ufeff \t　")).lower()


def names_in(header: str) -> tuple[str, ...]:
    """Return the names a header may stand for: itself, then what is inside and outside brackets.

    >>> names_in("psn_no(人员编号)")
    ('psn_no(人员编号)', 'psn_no', '人员编号')
    """
    whole = plain_name(header)
    parts = [part for part in _BRACKETS.split(whole) if part]
    return tuple(dict.fromkeys((whole, *parts)))


def recognise(headers: Sequence[str], file_name: str) -> TablePlan:
    """Return which table the headers make and how; FeedError where none or several fit."""
    doubled = [name for name, times in Counter(map(plain_name, headers)).items() if times > 1]
    plans = [_plan(table, headers) for table in TABLES.values()]
    best = max(len(plan.positions) for plan in plans)
    tied = [plan for plan in plans if len(plan.positions) == best]
    if best < 2 or not (chosen := _one(tied, file_name)):
        raise _unrecognised(headers, file_name, plans)
    if missing := [name for name in chosen.table.required if name not in chosen.rules]:
        raise _incomplete(headers, file_name, chosen.table, missing)
    if twice := [name for name in doubled if name and _is_used(name, chosen.table)]:
        raise FeedError(
            f"{file_name} has more than one column {twice[0]!r}.",
            hint="Keep one of them, or name another with --mapping.",
        )
    return chosen


def _plan(table: Table, headers: Sequence[str]) -> TablePlan:
    rules = {
        column.name: Rule(places)
        for column in table.columns
        if (places := _places(column, headers))
    }
    return TablePlan(table, len(headers), rules)


def _places(column: Column, headers: Sequence[str]) -> tuple[int, ...]:
    """Return where a column stands, in the order of its aliases."""
    rank = {plain_name(alias): order for order, alias in enumerate(column.aliases)}
    found = []
    for place, header in enumerate(headers):
        ranks = [rank[name] for name in names_in(header) if name in rank]
        if ranks:
            found.append((ranks[0], place))
    return tuple(place for _, place in sorted(found))


def _one(tied: Sequence[TablePlan], file_name: str) -> TablePlan | None:
    """Return the one plan that fits: complete before incomplete, then by the file's name."""
    whole = [plan for plan in tied if set(plan.table.required) <= set(plan.rules)]
    rest = whole or list(tied)
    named = [plan for plan in rest if plan.table.name in file_name.lower()]
    rest = sorted(named, key=lambda plan: -len(plan.table.name))[:1] or rest
    return rest[0] if len(rest) == 1 else None


def _is_used(name: str, table: Table) -> bool:
    return any(name in map(plain_name, column.aliases) for column in table.columns)


def _unrecognised(
    headers: Sequence[str], file_name: str, plans: Iterable[TablePlan]
) -> UnknownLayoutError:
    complete = [plan.table.name for plan in plans if set(plan.table.required) <= set(plan.rules)]
    if complete:
        return UnknownLayoutError(
            f"{file_name} could be {' or '.join(complete)}. Found: {shown(headers)}.",
            hint=f"Name the file after its table, e.g. {complete[0]}.csv, or use --mapping.",
        )
    return UnknownLayoutError(
        f"{file_name} has no header that makes a table. Found: {shown(headers)}.",
        hint="The first line must hold the column names; for another layout use --mapping.",
    )


def _incomplete(
    headers: Sequence[str], file_name: str, table: Table, missing: Sequence[str]
) -> FeedError:
    columns = "column" if len(missing) == 1 else "columns"
    names = ", ".join(repr(name) for name in missing)
    guesses = [guess for name in missing if (guess := _look_alike(headers, table.column(name)))]
    hint = f"{'; '.join(guesses)}; map it with --mapping." if guesses else "Map it with --mapping."
    return FeedError(
        f"{file_name} looks like {table.name} but has no {columns} {names}. "
        f"Found: {shown(headers)}.",
        hint=hint,
    )


def _look_alike(headers: Sequence[str], column: Column) -> str:
    for alias in column.aliases:
        for header in difflib.get_close_matches(alias, headers, n=1, cutoff=0.7):
            return f"{header!r} looks like {alias}"
    return ""


def shown(headers: Sequence[str], most: int = 20) -> str:
    """Return the headers as one line of an error message, cut where there are very many."""
    names = [header.strip()[:40] or "(empty)" for header in headers[:most]]
    return ", ".join(names) + (" …" if len(headers) > most else "")
