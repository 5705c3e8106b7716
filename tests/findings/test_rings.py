"""Rings, their members, their rank and the tables made of them."""

import dataclasses

import pandas as pd
import pytest

from graphfraud.findings import tables
from graphfraud.findings.entities import entity_table
from graphfraud.findings.explanations import GENERAL
from graphfraud.findings.rings import Ring, build_rings
from graphfraud.findings.signals.contract import Signal
from graphfraud.patterns.group import Group
from graphfraud.patterns.roles import members
from tests.findings.groups import group_of, meetings, registers

HOME = {"address": "1 River Road", "address_size": 4}


def claims_of(
    ring: int, persons: str, *, events: int = 10, fund: int = 500, doctor: str = ""
) -> pd.DataFrame:
    """Return one claim of each person on each occasion, of a hospital in two regions by turns."""
    rows = [
        {
            "ring": ring, "event": event, "claim_id": f"{ring}-{event}-{person}",
            "person_id": person, "facility_id": "P1",
            "start_time": pd.Timestamp("2024-10-07 09:00") + pd.Timedelta(days=event),
            "total_amount": 1_000, "fund_amount": fund, "feed_id": "f", "record_no": event,
            "record_hash": "00", "doctor_id": doctor, "region": ("130600", "350200", "")[event % 3],
            "diagnosed": True, "seen_by_doctor": doctor != "",
        }
        for event in range(1, events + 1)
        for person in persons
    ]  # fmt: skip
    return pd.DataFrame(rows)


def built(*groups: Group, claims: pd.DataFrame | None = None, homes: str = "") -> list[Ring]:
    own = [claims_of(number, "".join(group.persons)) for number, group in enumerate(groups)]
    table = pd.concat(own) if claims is None else claims
    known = registers(dict.fromkeys(homes, HOME))
    return build_rings("co_visit", groups, table, known, tested=GENERAL, level=0.05, fewest=3)


def network_of(*pairs: str) -> pd.DataFrame:
    """Return ties between persons, each given by two letters."""
    ends = {end: pd.Series([pair[n] for pair in pairs], dtype=str) for n, end in enumerate("ab")}
    return pd.DataFrame(ends).assign(type_a="person", type_b="person")


def test_members_are_persons_places_and_the_doctor_behind_most_claims() -> None:
    claims = claims_of(0, "ABC", doctor="D1")
    claims.loc[claims["event"] == 10, ["facility_id", "doctor_id"]] = ["P2", "D2"]
    claims = claims[~((claims["person_id"] == "C") & (claims["event"] > 5))]
    table = members(["ABC"], claims)[0]
    rows = list(
        zip(table["entity_type"], table["entity_id"], table["role"], table["weight"], strict=True)
    )
    assert rows == [
        ("doctor", "D1", "prescriber", pytest.approx(23 / 25)),
        ("facility", "P1", "place_of_joint_visits", 0.9),
        ("facility", "P2", "place_of_joint_visits", 0.1),
        ("person", "A", "card_holder", 1.0),
        ("person", "B", "card_holder", 1.0),
        ("person", "C", "card_holder", 0.5),
    ]


def test_a_passing_stop_and_a_doctor_of_two_claims_are_no_members() -> None:
    claims = claims_of(0, "AB", events=11)
    claims.loc[claims["event"] == 11, ["facility_id", "doctor_id"]] = ["P2", "D1"]
    table = members(["AB"], claims)[0]
    assert table["entity_id"].tolist() == ["P1", "A", "B"]


def test_a_place_where_three_met_once_is_a_member_however_small_its_share() -> None:
    claims = claims_of(0, "ABC", events=30)
    claims.loc[claims["event"] == 30, "facility_id"] = "P2"
    claims.loc[(claims["event"] == 29) & (claims["person_id"] != "C"), "facility_id"] = "P3"
    table = members(["ABC"], claims)[0]
    assert table.loc[table["entity_type"] == "facility", "entity_id"].tolist() == ["P1", "P2"]


def test_leads_come_first_then_p_then_fund_money() -> None:
    groups = [group_of(["A", "B", "C"], p_value=0.001), group_of("DEF", p_value=0.02)]
    groups += [group_of("GHI", p_value=0.01), group_of("JKL", p_value=0.001)]
    claims = pd.concat(
        [claims_of(n, "".join(g.persons), fund=100 * n) for n, g in enumerate(groups)]
    )
    rings = built(*groups, claims=claims, homes="ABC")
    assert ["".join(ring.group.persons) for ring in rings] == ["JKL", "GHI", "DEF", "ABC"]
    assert [ring.verdict.status for ring in rings] == ["lead"] * 3 + ["explained"]


def test_the_id_of_a_ring_is_that_of_its_members() -> None:
    one, same = built(group_of("ABC"))[0], built(group_of("CBA", p_value=0.02))[0]
    other = built(group_of("ABD"))[0]
    assert one.ring_id == same.ring_id != other.ring_id


def test_a_claim_on_two_occasions_is_paid_once() -> None:
    claims = claims_of(0, "ABC")
    ring = built(group_of("ABC"), claims=pd.concat([claims, claims.assign(event=99)]))[0]
    row = tables.ring_table([ring]).iloc[0]
    assert (row["n_claims"], row["fund_amount"], row["total_amount"]) == (30, 15_000, 30_000)


def test_a_ring_is_told_in_numbers_and_two_languages() -> None:
    row = tables.ring_table(built(group_of("ABC"))).iloc[0]
    assert (row["rank"], row["n_persons"], row["n_facilities"], row["n_doctors"]) == (1, 3, 1, 0)
    assert (row["observed"], row["lift"]) == (30, pytest.approx(100))
    assert row["regions"] == "130600;350200"
    assert row["first_time"] == pd.Timestamp("2024-10-08 09:00")
    assert (row["summary_zh"], row["summary_en"]) == ("3 人", "3 persons")


def test_ties_carry_what_excuses_their_meetings() -> None:
    table = tables.tie_table(built(group_of("ABCDE"), homes="AB"))
    told = dict(
        zip(table["person_id_a"] + table["person_id_b"], table["explained_by"], strict=True)
    )
    assert told["AB"] == "household"
    assert {why for pair, why in told.items() if pair != "AB"} == {""}


def test_several_excuses_of_one_tie_are_all_told() -> None:
    table = meetings(dict.fromkeys([("A", "B"), ("A", "C"), ("B", "C")], 10), scheduled=[0])
    group = group_of("ABC", table)
    known = registers({p: {"employer": "Mill"} for p in "AB"}, colleagues={
        ("P1", pd.Timestamp("2024-10-08"), "Mill"): 12,
    })  # fmt: skip
    claims = claims_of(0, "ABC")
    rings = build_rings("co_visit", [group], claims, known, tested=GENERAL, level=0.05, fewest=3)
    told = tables.tie_table(rings).set_index(["person_id_a", "person_id_b"])["explained_by"]
    assert told["A", "B"] == "employer_screening;scheduled_treatment"
    assert told["A", "C"] == "scheduled_treatment"


def test_every_reason_is_a_row_found_or_not_or_unknown() -> None:
    table = tables.reason_table(built(group_of("ABC"), homes="ABC"))
    assert table["found"].tolist() == ["yes", "no", "no", "unknown", "unknown", "no", "no"]
    assert table["share"].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_nothing_found_makes_empty_tables() -> None:
    made = (tables.ring_table, tables.member_table, tables.tie_table, tables.claim_table)
    assert [len(make([])) for make in (*made, tables.reason_table)] == [0] * 5
    empty = network_of()
    assert len(entity_table([], empty)) == 0


def test_entities_take_their_highest_score_and_all_their_rings() -> None:
    strong, weak = built(group_of("ABC"), group_of("CDE"))
    strong = dataclasses.replace(strong, signals=(Signal("inside", 1.0, 0.1, "", ""),))
    weak = dataclasses.replace(weak, signals=(Signal("inside", 0.5, 0.05, "", ""),))
    network = network_of("AB", "BC", "XY")
    table = entity_table([strong, weak], network).set_index("entity_id")
    assert table.loc["C", "score"] == strong.score
    assert table.loc["C", "ring_ids"] == ";".join(sorted((strong.ring_id, weak.ring_id)))
    assert table.loc["D", "score"] == weak.score
    assert table.loc[["B", "D", "P1"], "degree"].tolist() == [2, 0, 0]
    assert table.loc[["X", "Y"], "score"].tolist() == [0.0, 0.0]
    assert table.loc["X", "ring_ids"] == ""
    assert table.loc["P1", "entity_type"] == "facility"
    assert table["score"].is_monotonic_decreasing


def test_who_is_near_the_watch_list_stands_beside_every_other_column() -> None:
    reach = pd.DataFrame(
        {
            "entity_type": ["person", "doctor"],
            "entity_id": ["A", "D"],
            "watchlist_reach": [0.4, 0.1],
            "expected": [0.1, 0.2],
            "percentile": [95.0, 12.5],
            "listed": [False, True],
        }
    )
    with_reach = entity_table(built(group_of("ABC")), network_of("AB"), reach)
    table = with_reach.set_index("entity_id")
    near = ["watchlist_reach", "watchlist_expected", "watchlist_percentile", "watchlist_listed"]
    told = table[near].T.to_dict("list")
    assert told["A"] == [0.4, 0.1, 95.0, "no"]
    assert told["D"] == [0.1, 0.2, 12.5, "yes"]
    assert pd.isna(told["B"]).all()
    plain = entity_table(built(group_of("ABC")), network_of("AB")).set_index("entity_id")
    assert table.loc[plain.index].drop(columns=near).equals(plain.drop(columns=near))
