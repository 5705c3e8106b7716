"""The patterns that can be looked for, as they describe themselves."""

from dataclasses import dataclass

from graphfraud.patterns.contract import Description, Parameter
from graphfraud.patterns.registry import PATTERNS


@dataclass(frozen=True)
class KnownPattern:
    """One pattern: its description, and its parameters with their defaults and reasons."""

    description: Description
    parameters: tuple[Parameter, ...]


def known_patterns() -> tuple[KnownPattern, ...]:
    """Return every pattern, in the order in which they are looked for.

    >>> known_patterns()[0].description.name
    'co_visit'
    """
    return tuple(
        KnownPattern(module.DESCRIPTION, tuple(module.PARAMETERS)) for module in PATTERNS.values()
    )
