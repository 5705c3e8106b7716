"""One hand behind strangers: planted groups, what explains sharing, and chance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.patterns import shared_pivot
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, claim, deliver, engine_on

DEFAULTS = {parameter.name: parameter.default for parameter in shared_pivot.PARAMETERS}
LEVEL = DEFAULTS["ring_level"]
BEGIN = datetime.fromisoformat("2024-01-01 09:00:00")
RING = [f"i{n}" for n in range(0, 80, 8)]  # one of each second home
SHOPS = 10

Make = Callable[[], WorkspaceFolder]


@dataclass
class Town:
    """Homes of four on streets; each home has a phone and a usual shop, strays now and then."""

    seed: int
    people: int = 400
    persons: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    facilities: list[dict[str, Any]] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw persons, shops and honest visits."""
        self.rng = np.random.default_rng([self.seed, 21])
        self.facilities = [
            {"facility_id": f"s{n}", "kind": "pharmacy", "legal_rep": f"owner {n}"}
            for n in range(SHOPS)
        ]
        usual = self.rng.integers(0, SHOPS, self.people)
        for n in range(self.people):
            home = n // 4
            self.persons.append(
                {"person_id": f"i{n}", "phone": f"139{home:05d}", "region": "41",
                 "address": f"street {'ABCDE'[home % 5]} no {home}", "bank_account": f"b{n}"}
            )  # fmt: skip
            for _ in range(int(self.rng.poisson(6))):
                strays = self.rng.random() < 0.3
                self.buy(n, int(self.rng.integers(SHOPS)) if strays else int(usual[n]))

    def buy(self, person: int, shop: int) -> None:
        """Add a purchase on a random day."""
        when = BEGIN + timedelta(days=int(self.rng.integers(0, 360)))
        number = f"c{len(self.claims):05d}"
        self.claims.append(claim(number, f"i{person}", when.isoformat(), facility_id=f"s{shop}"))

    def share(self, people: list[str], **values: str) -> None:
        """Let the people hold the same values."""
        for person in people:
            self.persons[int(person[1:])] |= values

    def keep_to(self, people: list[str], shops: tuple[int, ...], times: int = 4) -> None:
        """Let the people buy at these shops again and again."""
        for person in people:
            for shop in shops:
                for _ in range(times):
                    self.buy(int(person[1:]), shop)

    def tables(self) -> dict[str, list[Row]]:
        """Return all tables."""
        return {
            "persons": list(self.persons), "claims": self.claims,
            "facilities": list(self.facilities), "relations": self.relations,
        }  # fmt: skip


@pytest.fixture
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    return lambda: WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def look(make: Make, tables: dict[str, list[Row]]) -> Outcome:
    workspace = make()
    deliver(workspace, tables)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return shared_pivot.run(Context(engine, 1, silent), DEFAULTS)


def leads(outcome: Outcome) -> list[Group]:
    return [group for group in outcome.groups if group.p_value <= LEVEL]


def planted(seed: int = 1, **values: str) -> Town:
    """Return a town with ten strangers on one value at two shops of one owner."""
    town = Town(seed)
    town.share(RING, **(values or {"phone": "18800001234"}))
    town.facilities[4]["legal_rep"] = town.facilities[7]["legal_rep"] = "the owner"
    town.keep_to(RING, (4, 7))
    return town


def entities(*more: tuple[str, str]) -> set[tuple[str, str]]:
    people = {("person", person) for person in RING}
    return people | {("facility", "s4"), ("facility", "s7")} | set(more)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("column", ["phone", "bank_account"])
def test_strangers_on_one_value_at_one_owners_shops(make: Make, seed: int, column: str) -> None:
    (group,) = leads(look(make, planted(seed, **{column: "18800001234"}).tables()))
    account = [("account", "18800001234")] if column == "bank_account" else []
    assert group.entities == entities(*account)
    assert group.observed > 2 * group.expected
    assert "10 persons of 10 homes" in group.summary_en
    assert "10 名" in group.summary_zh


def test_several_values_of_one_group_are_one_lead(make: Make) -> None:
    town = planted(4, phone="18800001234", bank_account="6200001")
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities(("account", "6200001"))
    assert "phone and bank account" in group.summary_en or "bank account and" in group.summary_en


def test_without_a_known_owner_each_shop_counts_by_itself(make: Make) -> None:
    town = planted(5)
    for facility in town.facilities:
        facility["legal_rep"] = None
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities()


def test_a_register_of_companies_names_the_owner(make: Make) -> None:
    town = planted(6)
    town.facilities[4]["legal_rep"] = town.facilities[7]["legal_rep"] = None
    for shop in ("s4", "s7"):
        town.relations.append(
            {"from_type": "company", "from_id": "K", "relation": "shareholder",
             "to_type": "facility", "to_id": shop}
        )  # fmt: skip
    (group,) = leads(look(make, town.tables()))
    assert group.entities == entities()


def test_sharing_alone_is_no_lead(make: Make) -> None:
    town = Town(7)
    town.share(RING, phone="18800001234")
    assert leads(look(make, town.tables())) == []


def test_acts_and_ties_are_what_findings_need(make: Make) -> None:
    (group,) = leads(look(make, planted(8).tables()))
    assert tuple(group.acts.columns) == ACT_COLUMNS
    assert (group.acts["excuse"] == "").all()
    assert set(group.acts["a"]) <= set(RING)
    chances = [group.chance(n) for n in range(group.observed + 1)]
    assert chances == sorted(chances, reverse=True)
    assert group.claims["claim_id"].is_unique
    assert set(group.ties["a"]) <= {"s4", "s7"}


def test_the_order_of_rows_changes_nothing(make: Make) -> None:
    tables = planted(9).tables()
    order = np.random.default_rng(5).permutation
    shuffled = {name: [rows[n] for n in order(len(rows))] for name, rows in tables.items()}
    first, second = (leads(look(make, rows))[0] for rows in (tables, shuffled))
    for name in ("members", "acts", "claims", "ties"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert first.p_value == second.p_value


def test_one_home_is_one_party(make: Make) -> None:
    """A care home, dormitory or hamlet at one address: one phone, one shop."""
    town = Town(10)
    home = [f"i{n}" for n in range(12)]
    town.share(home, phone="18800001234", address="care home 3")
    town.keep_to(home, (4, 7))
    assert look(make, town.tables()).groups == ()


def test_neighbours_share_their_nearest_shop(make: Make) -> None:
    """A clerk's phone in a street whose people all use the shop on the corner."""
    town = Town(11)
    street = [n for n in range(town.people) if n // 4 % 5 == 0]
    for n in street:
        town.keep_to([f"i{n}"], (4,))
    town.share([f"i{n}" for n in street[::8]], phone="18800001234")
    assert leads(look(make, town.tables())) == []


def few(*, apart: bool) -> Town:
    """Return a town where five keep to one owner's shops, on a phone of at most six."""
    town = Town(16)
    town.share(RING[:5], phone="18800001234")
    if not apart:
        town.share(RING[1:3], address="street A no 1")
    town.facilities[4]["legal_rep"] = town.facilities[7]["legal_rep"] = "the owner"
    town.keep_to(RING[:5], (4, 7))
    return town


def test_few_who_all_live_apart_are_no_family(make: Make) -> None:
    (group,) = leads(look(make, few(apart=True).tables()))
    assert set(group.persons) == set(RING[:5])
    assert leads(look(make, few(apart=False).tables())) == []


def test_an_owner_of_most_of_a_small_towns_shops_is_seen(make: Make) -> None:
    """Two of three shops are one owner's: the ring uses both, honest people keep to their own."""
    town = Town(17)
    town.facilities = town.facilities[:3]
    rng = np.random.default_rng(17)
    usual = rng.integers(0, 3, town.people)
    strays = rng.random(len(town.claims)) < 0.3
    town.claims = [
        {**row, "facility_id": f"s{int(rng.integers(3)) if away else home}"}
        for row, away in zip(town.claims, strays, strict=True)
        for home in [int(usual[int(str(row["person_id"])[1:])])]
    ]
    town.share(RING, phone="18800001234")
    town.facilities[0]["legal_rep"] = town.facilities[1]["legal_rep"] = "the owner"
    assert leads(look(make, town.tables())) == []
    town.keep_to(RING, (0, 1), times=4)
    (group,) = leads(look(make, town.tables()))
    assert set(group.persons) == set(RING)
    assert {name for kind, name in group.entities if kind == "facility"} == {"s0", "s1"}


@pytest.mark.parametrize(
    ("reason", "explain"),
    [
        ("employer", lambda town: town.share(RING, employer="the works")),
        (
            "registered_agent",
            lambda town: town.relations.extend(
                {"from_type": "person", "from_id": person, "relation": "agent",
                 "to_type": "person", "to_id": "i300"}
                for person in RING
            ),
        ),
    ],
)  # fmt: skip
def test_what_explains_sharing_is_told(
    make: Make, reason: str, explain: Callable[[Town], None]
) -> None:
    town = planted(12)
    explain(town)
    (group,) = leads(look(make, town.tables()))
    assert set(group.acts["excuse"]) == {reason}


@pytest.mark.parametrize("value", ["00000000", "12345678"])
def test_a_filler_is_left_out_and_told(make: Make, value: str) -> None:
    outcome = look(make, planted(13, phone=value).tables())
    assert outcome.groups == ()
    assert "left out" in outcome.notes[0]
    assert "占位" in outcome.notes_zh[0]


def test_a_value_on_too_many_persons_is_left_out_and_told(make: Make) -> None:
    town = planted(14)
    town.share([f"i{n}" for n in range(150)], phone="18800001234")
    outcome = look(make, town.tables())
    assert outcome.groups == ()
    assert "150 persons" in outcome.notes[0]


def test_reimbursements_of_many_into_one_account(make: Make) -> None:
    """An account that no register shows: claims on paper of ten strangers were paid to it."""
    town = planted(15, employer="")
    payments: list[Row] = []
    for n, person in enumerate(RING):
        town.claims.append(claim(f"m{n}", person, "2024-05-01 09:00:00", med_type="manual"))
        payments.append(
            {"payment_id": f"p{n}", "claim_id": f"m{n}", "payer_account": "fund",
             "payee_account": "8801", "amount": 100, "paid_time": BEGIN}
        )  # fmt: skip
    (group,) = leads(look(make, town.tables() | {"payments": payments}))
    assert group.entities == entities(("account", "8801"))


@pytest.mark.parametrize("gone", ["persons", "claims", "facilities", "relations"])
def test_absent_or_empty_tables(make: Make, gone: str) -> None:
    tables = planted(5).tables() | {gone: []}
    outcome = look(make, {name: rows for name, rows in tables.items() if rows})
    assert len(leads(outcome)) == (1 if gone in {"facilities", "relations"} else 0)


def test_p_is_careful_where_values_are_dealt_at_random(make: Make) -> None:
    """Forty values, each dealt to seven persons of the town, in four towns."""
    found = []
    for seed in range(4):
        town = Town(50 + seed)
        dealt = town.rng.permutation(town.people)[:280].reshape(40, 7)
        for n, people in enumerate(dealt.tolist()):
            town.share([f"i{person}" for person in people], phone=f"1880000{n:04d}")
        outcome = look(make, town.tables())
        assert outcome.tests["values"] == 40
        found.append(min((group.p_value for group in outcome.groups), default=1.0))
    assert sum(p <= 0.05 for p in found) <= stats.binom.ppf(0.999, len(found), 0.05)
    assert min(found) > LEVEL
