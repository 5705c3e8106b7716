"""Groups of persons judged by a truth on paper, and rates over several populations."""

import pandas as pd
import pytest

from benchmarks.detection.baselines import (
    CLEAN,
    COUNTS,
    OURS,
    VIEWS,
    as_found,
    baseline_cells,
    baseline_table,
    best_settings,
    judged_groups,
)
from benchmarks.detection.sizes import SIZES
from graphfraud.evaluation.truth import Truth


def truth() -> Truth:
    """Return a ring of four seen together, and one of three that is not."""
    members = [("R1", "person", p) for p in "abcd"] + [("R2", "person", p) for p in "xyz"]
    members += [("R1", "facility", "F")]
    return Truth(
        pd.DataFrame({"ring": ["R1", "R2"], "pattern": ["co_visit", "money_circle"]}),
        pd.DataFrame(members, columns=["ring", "entity_type", "entity_id"]),
    )


def test_groups_are_judged_by_persons_alone_in_both_views() -> None:
    found = judged_groups(as_found(["abc", "xyz", "mno"]), truth())
    every = {name: found[f"all.{name}"] for name in COUNTS}
    assert every == {
        "leads": 3, "rings": 2, "hits": 2, "reported": 9, "planted": 7, "members": 6,
    }  # fmt: skip
    gathering = {name: found[f"gathering.{name}"] for name in COUNTS}
    # xyz is about a ring of another pattern: set aside, neither right nor false
    assert gathering == {
        "leads": 2, "rings": 1, "hits": 1, "reported": 6, "planted": 4, "members": 3,
    }  # fmt: skip


def test_overlap_below_half_is_no_hit() -> None:
    assert judged_groups(as_found(["abmno"]), truth())["all.hits"] == 0  # 2 of 7
    assert judged_groups(as_found([]), truth())["all.leads"] == 0


def row(kind: str, method: str, setting: str, hits: int, leads: int) -> dict[str, object]:
    """Return one population's counts: four rings of five members each, hits found whole."""
    rings = 0 if kind == CLEAN else 4
    counts = dict(zip(COUNTS, (leads, rings, hits, 5 * leads, 5 * rings, 5 * hits), strict=True))
    named = {f"{view}.{name}": count for view in VIEWS for name, count in counts.items()}
    return {"kind": kind, "method": method, "setting": setting, "seconds": 2.0, **named}


def test_rates_are_of_all_populations_together() -> None:
    answers = [
        {"rows": [row("default", "M", "s", 4, 4), row(CLEAN, "M", "s", 0, 3)]},
        {"rows": [row("default", "M", "s", 1, 6)]},
    ]
    table = baseline_table(answers)
    every = table[table["view"] == "all"]
    planted, clean = (every[every["kind"] == kind].iloc[0] for kind in ("default", CLEAN))
    assert (planted["leads"], planted["precision"], planted["recall"]) == (10, 0.5, 5 / 8)
    assert planted["f1"] == pytest.approx(2 * 5 / (10 + 8))
    assert planted["member_f1"] == pytest.approx(2 * 25 / (50 + 40))
    assert (clean["leads"], clean["f1"], clean["seconds"]) == (3, 0.0, 2.0)


def test_others_stand_at_their_best_setting_and_ours_as_they_are() -> None:
    rows = [row("default", OURS, "all", 1, 4), row("default", OURS, "two", 2, 4)]
    rows += [row("default", "M", "poor", 1, 8), row("default", "M", "good", 3, 4)]
    rows += [row("hard", "M", "poor", 4, 4), row("hard", "M", "good", 0, 4)]
    best = best_settings(baseline_table([{"rows": rows}]))
    assert set(zip(best["method"], best["setting"], strict=True)) == {
        (OURS, "all"), (OURS, "two"), ("M", "good"),
    }  # fmt: skip
    assert set(best.loc[best["method"] == "M", "kind"]) == {"default", "hard"}


def test_clean_population_is_as_dense_as_anybodys() -> None:
    cells = baseline_cells(SIZES["smallest"], 5)
    assert [cell.asked["kind"] for cell in cells] == ["default", "hard", CLEAN]
    assert [cell.asked["clean"] for cell in cells] == [False, False, True]
