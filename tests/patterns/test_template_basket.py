"""One basket for everybody: planted at a small clinic, and the innocent twins of the same shape."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from graphfraud.engine.duckdb import Engine
from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.engine.sources import empty_table
from graphfraud.model.tables import TABLES
from graphfraud.patterns import template_basket
from graphfraud.patterns.contract import Context, Outcome
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.template_basket_chance import log_ways
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import Row, Tables, deliver, engine_on
from tests.patterns.baskets import Billing, Bills, bills

DEFAULTS = {parameter.name: parameter.default for parameter in template_basket.PARAMETERS}
PLACES = [{"facility_id": f"C{n}", "kind": "clinic"} for n in range(2)]
PLANTED = Billing(days=4, persons=15)


def look(folder: Path, tables: Tables) -> Outcome:
    workspace = WorkspaceFolder.open(folder, create=True)
    deliver(workspace, tables)
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        return template_basket.run(Context(engine, 1, silent), DEFAULTS)


def tables(made: Bills) -> dict[str, list[Row]]:
    return {"claims": made.claims, "claim_items": made.items}


def named(made: Bills) -> dict[str, list[Row]]:
    """Return the persons, doctors and facilities that a snapshot derives from its claims."""
    ids = {"persons": "person_id", "doctors": "doctor_id"}
    every = {name: sorted({str(row[key]) for row in made.claims}) for name, key in ids.items()}
    known: dict[str, list[Row]] = {
        name: [{ids[name]: one} for one in found] for name, found in every.items()
    }
    return known | {"facilities": list(PLACES)}


def leads(outcome: Outcome) -> list[Group]:
    return [one for one in outcome.groups if _left(one) <= DEFAULTS["ring_level"]]


def _left(group: Group) -> float:
    return group.chance(int(group.acts.loc[~group.acts["scheduled"], "unit"].nunique()))


def planted(like: Billing) -> frozenset[tuple[str, str]]:
    days = 1 if like.same else like.days
    people = {("person", f"t{day}-{n:03d}") for day in range(days) for n in range(like.persons)}
    return frozenset(people | {("doctor", "D0"), ("facility", "C0")})


def test_one_basket_for_many_is_found_with_doctor_facility_and_persons(tmp_path: Path) -> None:
    outcome = look(tmp_path / "w", tables(bills(1, PLANTED)))
    (group,) = leads(outcome)
    assert group.entities == planted(PLANTED)
    assert tuple(group.acts.columns) == ACT_COLUMNS
    assert (group.observed, len(group.claims)) == (60, 60)
    assert group.expected < 1
    assert "C0" in group.summary_zh
    assert "60 times to 60 persons on 4 days" in group.summary_en


def test_bills_that_differ_in_one_line_belong_to_their_template(tmp_path: Path) -> None:
    like = Billing(days=4, persons=18, varied=1 / 3)
    (group,) = leads(look(tmp_path / "w", tables(bills(2, like))))
    assert group.entities == planted(like)
    assert group.observed < len(group.persons)
    assert (group.members["weight"] < 1).sum() == len(group.persons) - group.observed


def test_few_a_day_on_many_days_are_found(tmp_path: Path) -> None:
    like = Billing(days=12, persons=6)
    (group,) = leads(look(tmp_path / "w", tables(bills(3, like, clinics=2, days=240, a_day=10))))
    assert len(group.entities & planted(like)) >= 0.9 * len(planted(like))


@pytest.mark.parametrize(
    "like",
    [
        Billing(),
        Billing(standard=0.5, standard_at=4),
        Billing(standard=0.5, standard_at=1),
        Billing(campaigns=4),
        Billing(days=6, persons=8, same=True),
    ],
    ids=["nothing", "a package of all", "a clinic's own package", "campaigns", "the same people"],
)
def test_the_innocent_twins_are_no_lead(tmp_path: Path, like: Billing) -> None:
    for seed in (1, 2):
        assert leads(look(tmp_path / str(seed), tables(bills(seed, like)))) == []


def test_a_scheduled_treatment_is_marked_and_leaves_nothing(tmp_path: Path) -> None:
    outcome = look(tmp_path / "w", tables(bills(1, Billing(days=4, persons=15, diagnosis="N18.6"))))
    assert outcome.groups[0].acts["scheduled"].all()
    assert leads(outcome) == []


def test_without_lines_amounts_are_compared_and_it_is_said(tmp_path: Path) -> None:
    outcome = look(tmp_path / "w", {"claims": bills(1, PLANTED).claims})
    (group,) = leads(outcome)
    assert group.entities == planted(PLANTED)
    assert "No claim has lines" in outcome.notes[0]
    assert len(outcome.notes_zh) == 1
    assert "the same amount" in group.summary_en


def test_refunded_bills_do_not_count(tmp_path: Path) -> None:
    made = bills(1, PLANTED)
    back = [row for row in made.claims if str(row["person_id"]).startswith("t")]
    refunds = [
        dict(row) | {"claim_id": f"R{n}", "refund_of": row["claim_id"]}
        for n, row in enumerate(back)
    ]
    outcome = look(tmp_path / "w", {"claims": [*made.claims, *refunds], "claim_items": made.items})
    assert outcome.groups == ()


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    made = bills(2, Billing(days=4, persons=18, varied=1 / 3))
    generator = np.random.default_rng(4)
    mixed = {
        name: [rows[n] for n in generator.permutation(len(rows))]
        for name, rows in tables(made).items()
    }
    one, other = look(tmp_path / "a", tables(made)), look(tmp_path / "b", mixed)
    assert one.tests == other.tests
    for left, right in zip(one.groups, other.groups, strict=True):
        assert left.members.equals(right.members)
        assert left.acts.equals(right.acts)
        assert left.claims.equals(right.claims)
        assert left.p_value == right.p_value


def test_nothing_to_look_at(tmp_path: Path) -> None:
    assert look(tmp_path / "a", {"claims": []}).groups == ()
    assert look(tmp_path / "b", {"persons": [{"person_id": "1"}]}).groups == ()


def test_clean_sets_show_a_template_no_oftener_than_the_level(tmp_path: Path) -> None:
    sets, best = 100, []
    for seed in range(sets):
        made = bills(100 + seed, Billing(), clinics=2, days=20, a_day=8)
        with Engine(temporary=tmp_path) as engine:
            for name, rows in (tables(made) | named(made)).items():
                engine.register(
                    name, pa.Table.from_pylist(list(rows), empty_table(TABLES[name]).schema)
                )
            found = template_basket.run(Context(engine, 1, silent), DEFAULTS).groups
        best.append(min((group.p_value for group in found), default=1.0))
    for level in (0.002, 0.05, 0.2):
        assert sum(p <= level for p in best) <= stats.binom.ppf(0.99, sets, level)


def test_ways_to_choose_days() -> None:
    assert np.exp(log_ways(365, 3)) == pytest.approx(365 * 364 * 363 / 6)
