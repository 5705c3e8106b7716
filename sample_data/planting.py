"""What was planted: groups with their parameters and members, and the visits that carry them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .arrays import Indexes, Ints, Rng
from .casting import Cast
from .goods import RESALE_PRONE
from .items import Basket
from .visits import Visits


@dataclass(frozen=True)
class Member:
    """An entity of a group: its type, its number in its own table, and what it does there."""

    entity_type: str
    number: int
    role: str


Members = tuple[Member, ...]


@dataclass(frozen=True)
class Group:
    """A planted ring, or an honest group that looks like one (`honest`)."""

    pattern: str
    variant: str
    honest: bool
    members: tuple[Member, ...]
    parameters: Mapping[str, str]
    claims: tuple[int, ...] = ()  # numbers of claims that no visit of the group carries


@dataclass(frozen=True)
class Shared:
    """Entities of one table whose `columns` hold what stands with the entity `source`."""

    entity_type: str
    columns: tuple[str, ...]
    source: int
    others: tuple[int, ...]


@dataclass(frozen=True)
class Written:
    """Text that stands in `column` for entities of one table."""

    entity_type: str
    column: str
    numbers: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Transfer:
    """A payment between the accounts of two entities (type, number), in fen, second since 1970."""

    payer: tuple[str, int]
    payee: tuple[str, int]
    amount: int
    when: int
    purpose: str


@dataclass(frozen=True)
class Relation:
    """What a register knows: two ends, each a type and a number, and a word."""

    origin: tuple[str, int]
    word: str
    target: tuple[str, int]


@dataclass(frozen=True)
class Listed:
    """An entity on the watch list, with the reason."""

    entity_type: str
    number: int
    reason: str


@dataclass
class Planting:
    """Collects what is planted; a group's number (from 1 on) is the `origin` of its visits."""

    cast: Cast
    groups: list[Group] = field(default_factory=list)
    made: list[Visits] = field(default_factory=list)
    baskets: list[Basket] = field(default_factory=list)
    operators: dict[int, int] = field(default_factory=dict)  # group: who keyed its claims in
    shared: list[Shared] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    staff: dict[int, int] = field(default_factory=dict)  # person: the facility that employs them
    transfers: list[Transfer] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)

    def ring(
        self, pattern: str, variant: str, members: Members, made: Visits, **parameters: float | str
    ) -> int:
        """Keep a ring with its visits and return its number."""
        texts = {name: _text(value) for name, value in parameters.items()}
        group = Group(pattern, variant, honest=False, members=members, parameters=texts)
        return self._add(group, made)

    def lookalike(self, kind: str, members: Members, made: Visits) -> None:
        """Keep an honest group with its visits, if there are any."""
        if len(made):
            self._add(Group(kind, "", honest=True, members=members, parameters={}), made)

    def note(self, kind: str, members: Members, claims: Sequence[int] = ()) -> None:
        """Keep an honest group that has no visits of its own."""
        numbers = tuple(int(number) for number in claims)
        group = Group(kind, "", honest=True, members=members, parameters={}, claims=numbers)
        self.groups.append(group)

    def employ(self, facility: int, staff: Indexes) -> None:
        """Register persons as employees of a facility."""
        for person in staff.tolist():
            self.staff[person] = facility
            self.relations.append(Relation(("person", person), "employer", ("facility", facility)))

    def basket(self, *goods: int) -> int:
        """Register a basket of one box or session of each good, and return its number."""
        self.baskets.append(tuple((int(good), 1) for good in goods))
        return len(self.baskets) - 1

    def _add(self, group: Group, made: Visits) -> int:
        self.groups.append(group)
        self.made.append(made.of(origin=len(self.groups)))
        return len(self.groups)


def _text(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"


def resale_basket(planting: Planting, rng: Rng) -> int:
    """Register a basket of one or two drugs that resell well, and return its number."""
    drugs = rng.choice(RESALE_PRONE, int(rng.integers(1, 3)), replace=False)
    planting.baskets.append(tuple((int(drug), int(rng.integers(1, 3))) for drug in drugs))
    return len(planting.baskets) - 1


def persons(numbers: Indexes | Ints | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type person."""
    return tuple(Member("person", int(number), role) for number in numbers)


def facilities(numbers: Indexes | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type facility, each once."""
    return tuple(Member("facility", number, role) for number in sorted({int(n) for n in numbers}))


def doctors(numbers: Indexes | Sequence[int], role: str) -> tuple[Member, ...]:
    """Return members of type doctor, each once."""
    return tuple(Member("doctor", number, role) for number in sorted({int(n) for n in numbers}))
