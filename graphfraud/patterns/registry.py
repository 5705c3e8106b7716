"""The patterns this tool knows, by name, and how their parameters are set."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from types import ModuleType

from graphfraud.errors import UsageError
from graphfraud.patterns import (
    co_visit,
    dense_block,
    doctor_pharmacy,
    group_admission,
    money_circle,
    refund_loop,
    repeat_swipe,
    same_invoice,
    shared_pivot,
    template_basket,
    trace_code,
    watchlist_reach,
)

PATTERNS: dict[str, ModuleType] = {
    module.DESCRIPTION.name: module
    for module in (
        co_visit,
        group_admission,
        doctor_pharmacy,
        dense_block,
        shared_pivot,
        money_circle,
        trace_code,
        template_basket,
        refund_loop,
        repeat_swipe,
        watchlist_reach,
        same_invoice,
    )
}


def chosen(names: list[str] | None) -> list[str]:
    """Return the named patterns in registry order (None: all); UsageError for an unknown name."""
    for name in names or ():
        if name not in PATTERNS:
            raise UsageError(f"There is no pattern {name!r}.", hint=_nearest(name, PATTERNS))
    return [name for name in PATTERNS if names is None or name in names]


def settings(parameters: Mapping[str, str]) -> dict[str, dict[str, int | float]]:
    """Return every pattern's settings: the defaults, and `PATTERN.NAME` = text over them.

    >>> settings({"co_visit.min_joint_days": "4"})["co_visit"]["min_joint_days"]
    4
    """
    result = {
        name: {parameter.name: parameter.default for parameter in module.PARAMETERS}
        for name, module in PATTERNS.items()
    }
    for key, text in parameters.items():
        pattern, _, name = key.partition(".")
        if name not in result.get(pattern, {}):
            known = [f"{p}.{n}" for p, names in result.items() for n in names]
            raise UsageError(f"There is no parameter {key!r}.", hint=_nearest(key, known))
        result[pattern][name] = _number(key, text, type(result[pattern][name]))
    return result


def _number(key: str, text: str, kind: type[int | float]) -> int | float:
    try:
        value = kind(text)
    except ValueError:
        value = kind(-1)
    if not 0 <= value < math.inf:
        what = "whole number" if kind is int else "number"
        raise UsageError(f"{key} is {text!r}.", hint=f"Give a {what} that is not negative.")
    return value


def _nearest(word: str, known: Mapping[str, object] | list[str]) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.4)
    listing = ", ".join(known)
    return f"Did you mean {near[0]}?" if near else f"There are: {listing}."
