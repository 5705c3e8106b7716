"""Any data before and after its dates are dealt anew: what was company must be gone, all of it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.detection.cells import Answer, Cell
from benchmarks.detection.dates import write_permuted
from graphfraud.api import Results, open_workspace
from graphfraud.resources import bundled

AS_DELIVERED = "as delivered"
TOLD = ["pattern", "status", "p_value", "n_persons", "n_facilities", "explanation", "summary_en"]


def permuted_cells(
    data: Path, mapping: str | None, parameters: Mapping[str, str], seed: int, repeats: int
) -> list[Cell]:
    """Return a cell for the data as delivered and one for each dealing of its dates."""
    asked = {"data": str(data.resolve()), "mapping": mapping, "parameters": dict(parameters)}
    seeds = [None, *range(seed, seed + repeats)]
    names = [AS_DELIVERED.replace(" ", "-"), *(f"dealt-{number}" for number in seeds[1:])]
    return [
        Cell("permuted", name, permuted_run, asked | {"seed": number})
        for name, number in zip(names, seeds, strict=True)
    ]


def mapping_file(name: str | None) -> Path | None:
    """Return the mapping's file: a path, or the name of one that ships with the loaders."""
    if name is None or Path(name).is_file():
        return None if name is None else Path(name)
    return bundled("loaders") / "mappings" / f"{name.removesuffix('.yaml')}.yaml"


def permuted_run(
    *, data: str, mapping: str | None, parameters: Mapping[str, str], seed: int | None
) -> Answer:
    """Load the data, deal its dates anew unless seed is None, run every pattern, list the rings."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = open_workspace(folder / "workspace")
        workspace.load(data, mapping=mapping_file(mapping))
        if seed is not None:
            write_permuted(workspace, folder / "dealt", seed)
            workspace = open_workspace(folder / "dealt-workspace")
            workspace.load(folder / "dealt")
        results = workspace.detect(parameters=parameters)
        return _told(results, seed)


def _told(results: Results, seed: int | None) -> Answer:
    rings = results.rings[TOLD].astype(object)
    rows = rings.where(rings.notna(), None).to_dict(orient="records")
    not_run = results.run["not_looked_for"]
    return {
        "run": AS_DELIVERED if seed is None else f"dates dealt anew, seed {seed}",
        "rings": rows, "not_looked_for": sorted(not_run), "seconds": results.run["seconds"],
        "duplicates": results.run["counts"]["duplicates"],
    }  # fmt: skip


def permuted_table(answers: list[Answer]) -> pd.DataFrame:
    """Return a row a run: leads, explained rings, leads by pattern, explained by reason."""
    rows = []
    for answer in answers:
        rings = pd.DataFrame(answer["rings"], columns=TOLD)
        leads = rings[rings["status"] == "lead"]
        explained = rings[rings["status"] == "explained"]
        rows.append(
            {"run": answer["run"], "leads": len(leads), "explained": len(explained)}
            | {"leads_by_pattern": _listed(leads["pattern"])}
            | {"explained_by": _listed(explained["explanation"])}
        )
    return pd.DataFrame(rows)


def lead_table(answers: list[Answer]) -> pd.DataFrame:
    """Return a row a lead, of every run: pattern, p-value, sizes and the sentence that says why."""
    rows = [
        {"run": answer["run"]} | {name: ring[name] for name in TOLD if name != "explanation"}
        for answer in answers
        for ring in answer["rings"]
        if ring["status"] == "lead"
    ]
    columns = ["run", *(name for name in TOLD if name not in ("explanation", "status"))]
    return pd.DataFrame(rows, columns=columns)


def _listed(names: "pd.Series[str]") -> str:
    counts = names.value_counts().sort_index()
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "-"
