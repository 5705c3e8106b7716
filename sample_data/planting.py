"""What was planted: groups with their parameters and members, and the visits that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .arrays import Indexes
from .casting import Cast
from .visits import Visits


@dataclass(frozen=True)
class Member:
    """An entity of a group: its type, its number in its own table, and what it does there."""

    entity_type: str
    number: int
    role: str


@dataclass(frozen=True)
class Group:
    """A planted ring, or an honest group that looks like one (`honest`)."""

    pattern: str
    variant: str
    honest: bool
    members: tuple[Member, ...]
    parameters: Mapping[str, str]


@dataclass
class Planting:
    """Collects groups; a group's number (from 1 on) is the `origin` of its visits."""

    cast: Cast
    groups: list[Group] = field(default_factory=list)
    made: list[Visits] = field(default_factory=list)
    relatives: list[tuple[int, int]] = field(default_factory=list)  # registered relations

    def add(self, group: Group, made: Visits) -> int:
        """Keep a group with its visits and return its number."""
        self.groups.append(group)
        self.made.append(made.of(origin=len(self.groups)))
        return len(self.groups)


def persons(numbers: Indexes | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type person."""
    return tuple(Member("person", int(number), role) for number in numbers)


def facilities(numbers: Indexes | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type facility, each once."""
    return tuple(Member("facility", number, role) for number in sorted({int(n) for n in numbers}))


def doctors(numbers: Indexes | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type doctor, each once."""
    return tuple(Member("doctor", number, role) for number in sorted({int(n) for n in numbers}))
