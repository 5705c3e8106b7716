"""The same populations through what a user would try first, and through graphfraud."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.detection.cells import Answer, Cell
from benchmarks.detection.contenders import Grouped, co_occurrence, dense_blocks
from benchmarks.detection.difficulty import everywhere
from benchmarks.detection.populations import Population, made
from benchmarks.detection.power import JACCARD
from benchmarks.detection.sizes import Size
from graphfraud.api import Results, Workspace
from graphfraud.api.truth import read_truth
from graphfraud.evaluation.judge import compare
from graphfraud.evaluation.rates import rates
from graphfraud.evaluation.ring_scores import member_row, ring_row
from graphfraud.evaluation.truth import Found, Truth

GATHERING = ("co_visit", "group_admission")  # rings whose members are seen together
OURS = "graphfraud"
VIEWS: Mapping[str, tuple[str, ...] | None] = {"all": None, "gathering": GATHERING}
CLEAN = "clean"
DIFFICULTIES = {"default": 0.0, "hard": 1.0}
COUNTS = ("leads", "rings", "hits", "reported", "planted", "members")


def baseline_cells(size: Size, seed: int) -> list[Cell]:
    """Return the cells: each difficulty and a clean population, for every seed."""
    kinds = [(name, everywhere(at)) for name, at in DIFFICULTIES.items()] + [(CLEAN, {})]
    return [
        Cell(
            "baselines",
            f"{kind}-{seed + number}",
            contest,
            {
                "kind": kind, "seed": seed + number, "difficulty": difficulty, "days": size.days,
                "persons": size.persons, "clean": kind == CLEAN, "parameters": size.parameters,
                "persons_per_ring": 0 if kind == CLEAN else size.persons_per_ring,
            },
        )
        for kind, difficulty in kinds
        for number in range(size.baseline_seeds)
    ]  # fmt: skip


def contest(*, kind: str, parameters: Mapping[str, str], **population: Any) -> Answer:  # noqa: ANN401
    """Make one population and judge everybody's groups of persons by its truth."""
    with made(Population(**population)) as (data, workspace):
        truth = read_truth(data / "truth")
        rows = [
            {"kind": kind, "method": one.method, "setting": one.setting, "seconds": one.seconds}
            | judged_groups(found, truth)
            for one, found in _everybody(data, workspace, parameters, population["seed"])
        ]
    return {"rows": rows}


def _everybody(
    data: Path, workspace: Workspace, parameters: Mapping[str, str], seed: int
) -> Iterator[tuple[Grouped, Found]]:
    for setting, patterns in (("all patterns", None), (" + ".join(GATHERING), GATHERING)):
        mine = {
            key: value
            for key, value in parameters.items()
            if patterns is None or key.partition(".")[0] in patterns
        }
        results = workspace.detect(patterns=patterns, parameters=mine)
        seconds = sum(results.run["seconds"].values())
        yield Grouped(OURS, setting, [], seconds), _found(results)
    claims, items = (
        pd.read_parquet(data / f"{name}.parquet") for name in ("claims", "claim_items")
    )
    for one in (*co_occurrence(claims, seed), *dense_blocks(claims, items)):
        yield one, as_found(one.groups)


def _found(results: Results) -> Found:
    return Found(results.rings, results.members, pd.DataFrame(), pd.DataFrame())


def as_found(groups: Iterable[Iterable[str]]) -> Found:
    """Return groups of persons as leads; named after a pattern so that none is set aside."""
    named = {f"G{number:06}": sorted(group) for number, group in enumerate(groups)}
    rings = pd.DataFrame(
        {"ring_id": list(named), "rank": range(len(named))}, columns=["ring_id", "rank"]
    )
    members = [(name, "person", person) for name, group in named.items() for person in group]
    return Found(
        rings.assign(status="lead", pattern=GATHERING[0]),
        pd.DataFrame(members, columns=["ring_id", "entity_type", "entity_id"]),
        pd.DataFrame(),
        pd.DataFrame(),
    )


def judged_groups(found: Found, truth: Truth) -> dict[str, int]:
    """Return VIEW.COUNT of leads, rings, hits, and of members reported, planted and in both.

    Persons alone are compared. View `gathering`: only rings whose members are seen together were
    to be found, and a lead that is about another ring is neither right nor false.
    """
    counts: dict[str, int] = {}
    for view, patterns in VIEWS.items():
        whole = compare(found, truth)
        seen = (whole if patterns is None else whole.of_patterns(patterns)).of_persons()
        row, members = ring_row(seen, JACCARD), member_row(seen)
        row |= {"reported": members["reported"], "planted": members["planted"]}
        row["members"] = members["hits"]
        counts |= {f"{view}.{name}": int(str(row[name])) for name in COUNTS}
    return counts


def baseline_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return a row for each kind, view, method and setting, over all seeds.

    precision, recall, f1 of rings; member_f1; leads: how many; seconds: the mean of a population.
    """
    table = pd.DataFrame([row for answer in answers for row in answer["rows"]])
    keys = ["kind", "method", "setting"]
    seconds = table.groupby(keys, sort=False)["seconds"].mean().rename("seconds")
    summed = table.drop(columns="seconds").groupby(keys, sort=False).sum().join(seconds)
    rows = [
        {name: row[name] for name in keys}
        | {"view": view}
        | _rates(row, view)
        | {"seconds": row["seconds"]}
        for row in summed.reset_index().to_dict(orient="records")
        for view in VIEWS
    ]
    return pd.DataFrame(rows)


def _rates(row: Mapping[Any, Any], view: str) -> dict[str, float]:
    counts = {name: int(row[f"{view}.{name}"]) for name in COUNTS}
    leads, rings, hits, reported, planted, members = counts.values()
    ring = rates(reported=leads, right=hits, planted=rings, found=hits)
    member = rates(reported=reported, right=members, planted=planted, found=members)
    return {"leads": leads, "rings": rings, **ring, "member_f1": member["f1"]}


def best_settings(table: pd.DataFrame, view: str = "gathering") -> pd.DataFrame:
    """Return every method at its best setting: highest F1 in `view` at the easy difficulty.

    Ours has two, neither of which is chosen: both are kept.
    """
    easy = table[(table["kind"] == next(iter(DIFFICULTIES))) & (table["view"] == view)]
    others = easy[easy["method"] != OURS].sort_values(["f1", "member_f1"], ascending=False)
    chosen = others.drop_duplicates("method")[["method", "setting"]]
    ours = easy.loc[easy["method"] == OURS, ["method", "setting"]]
    return pd.concat([ours, chosen]).merge(table, on=["method", "setting"])
