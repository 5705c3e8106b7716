"""Names and settings: what is unknown is refused, with what was probably meant."""

import tomllib
from importlib.resources import files

import pytest

from graphfraud.errors import UsageError
from graphfraud.model.tables import TABLES
from graphfraud.patterns.registry import PATTERNS, chosen, settings

REASONS = files("graphfraud.findings").joinpath("reasons.toml")


def test_all_patterns_unless_some_are_named() -> None:
    assert chosen(None) == list(PATTERNS)
    assert chosen(["same_invoice"]) == ["same_invoice"]
    assert chosen(["same_invoice", "co_visit"]) == ["co_visit", "same_invoice"]
    assert chosen([]) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [("covisit", "Did you mean co_visit?"), ("zzz", f"There are: {', '.join(PATTERNS)}.")],
)
def test_an_unknown_pattern_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"no pattern '{name}'") as told:
        chosen([name])
    assert told.value.hint == hint


def test_defaults_stand_where_nothing_is_set() -> None:
    found = settings({"co_visit.chance_ties": "0.5"})["co_visit"]
    assert found["chance_ties"] == 0.5
    defaults = {p.name: p.default for p in PATTERNS["co_visit"].PARAMETERS}
    assert found == defaults | {"chance_ties": 0.5}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("co_visit.replicate", "co_visit.replicates"),
        ("same_invoice.largest_blok", "same_invoice.largest_block"),
        ("replicates", "co_visit.replicates"),
        ("zzz", "There are: co_visit.min_persons"),
    ],
)
def test_an_unknown_parameter_is_refused_with_a_hint(key: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"no parameter '{key}'") as told:
        settings({key: "1"})
    assert hint in told.value.hint


@pytest.mark.parametrize("text", ["many", "", "3.5", "-1", "1e3", "nan"])
def test_a_whole_number_must_be_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"co_visit\.replicates is") as told:
        settings({"co_visit.replicates": text})
    assert told.value.hint == "Give a whole number that is not negative."


@pytest.mark.parametrize("text", ["much", "", "-0.1", "nan", "inf", "-inf"])
def test_a_number_must_be_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"co_visit\.chance_ties is") as told:
        settings({"co_visit.chance_ties": text})
    assert told.value.hint == "Give a number that is not negative."


@pytest.mark.parametrize("module", PATTERNS.values(), ids=list(PATTERNS))
def test_every_pattern_says_what_it_is_and_why_its_defaults_are(module: object) -> None:
    description, parameters = module.DESCRIPTION, module.PARAMETERS  # type: ignore[attr-defined]
    assert all((description.title_zh, description.title_en, description.null_model))
    assert description.needs[0].startswith("claims")
    assert all(parameter.why for parameter in parameters)


def test_the_shares_of_all_patterns_leave_clean_data_one_lead_in_twenty_runs() -> None:
    """Weighted Bonferroni: the chance of any lead at all is at most the sum of the levels."""
    levels = [
        parameter.default
        for module in PATTERNS.values()
        for parameter in module.PARAMETERS
        if parameter.name == "ring_level"
    ]
    assert levels
    assert sum(levels) <= 0.05


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_says_all_that_its_page_shows(name: str) -> None:
    about = PATTERNS[name].DESCRIPTION
    for text in ("title_zh", "title_en", "looks_for", "looks_for_zh", "null_model", "statistic"):
        assert getattr(about, text).strip(), text
    assert about.source.strip()
    assert name == "watchlist_reach" or "条例 第" in about.law
    for need in about.needs:
        table, _, column = need.partition(".")
        assert not column or column in TABLES[table].column_names
    told = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    assert set(about.excuses) <= set(told)
    assert all(parameter.why.strip() for parameter in PATTERNS[name].PARAMETERS)


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_that_makes_rings_has_a_level_and_asks_for_three_parties(name: str) -> None:
    named = {parameter.name: parameter.default for parameter in PATTERNS[name].PARAMETERS}
    if name not in {"same_invoice", "watchlist_reach"}:
        assert 0 < named["ring_level"] <= 0.01
        assert named["min_persons"] == 3
