"""The parts of the benchmark: each works out its cells, writes CSV and pictures, and tells them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.detection import baselines, calibration, permuted, power
from benchmarks.detection.baseline_plot import draw_baselines
from benchmarks.detection.calibration_plot import draw_family_wise, draw_groups, draw_pairs
from benchmarks.detection.cells import answers
from benchmarks.detection.markdown import markdown
from benchmarks.detection.power_plot import draw_power, draw_sweep
from benchmarks.detection.sizes import Size

SIDE_BY_SIDE = 2  # seconds are measured one at a time; everything else shares the cores


@dataclass(frozen=True)
class Asked:
    """What one run of the benchmark was asked; data, mapping, dealings: of `permuted` alone."""

    size: Size
    seed: int
    out: Path
    plots: bool = True
    workers: int = SIDE_BY_SIDE
    data: Path | None = None
    mapping: str | None = None
    dealings: int = 3

    @property
    def about(self) -> str:
        """Return what every part says of its populations."""
        return f"{self.size.days} days, seeds from {self.seed}"

    def picture(self, name: str, draw: Callable[[Path], None]) -> str:
        """Draw a picture, unless none are wanted; return the line that shows it."""
        if not self.plots:
            return ""
        draw(self.out / f"{name}.png")
        return f"![{name}]({name}.png)\n"


def power_part(asked: Asked) -> str:
    """Work out the power curve of every pattern."""
    size = asked.size
    cells = power.power_cells(size, asked.seed)
    table = power.recall_table(answers(cells, asked.out, asked.workers))
    table.to_csv(asked.out / "power.csv", index=False)
    about = (
        f"Populations of {size.persons:,} persons, {size.seeds} a difficulty, {asked.about}. "
        "A ring is found where a lead reaches Jaccard 0.5. Right of the dotted line: beyond hard."
    )
    shown = asked.picture("power", lambda path: draw_power(table, path, about))
    return _section("Power", about, shown, markdown(_by_difficulty(table)))


def sweep_part(asked: Asked) -> str:
    """Work out what each axis of difficulty costs by itself."""
    size = asked.size
    easy = [cell for cell in power.power_cells(size, asked.seed) if cell.asked["at"] == 0]
    found = power.recall_table(answers(easy, asked.out, asked.workers))
    cells = power.sweep_cells(size, asked.seed)
    swept = power.recall_table(answers(cells, asked.out, asked.workers))
    table = power.with_easy_end(swept, found)
    table.to_csv(asked.out / "sweep.csv", index=False)
    about = (
        f"Populations of {size.persons:,} persons, {size.axis_seeds} a step, {asked.about}. "
        "One axis is moved, the others stay at default; lines are set apart a little."
    )
    shown = asked.picture("sweep", lambda path: draw_sweep(table, path, about))
    tables = [
        f"### {axis}\n\n{markdown(_by_difficulty(part))}\n"
        for axis, part in table.groupby("axis", sort=True)
    ]
    return _section("One axis at a time", about, shown, *tables)


def _by_difficulty(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row a pattern, a column a difficulty: found / planted, and false leads if any."""
    false = table["leads"] - table["hits"]
    told = [
        f"{hits}/{rings}" + (f" (+{wrong} false)" if wrong else "")
        for hits, rings, wrong in zip(table["hits"], table["rings"], false, strict=True)
    ]
    wide = table.assign(told=told).pivot_table(
        index="pattern", columns="at", values="told", aggfunc="first"
    )
    wide.columns = pd.Index([f"{at:g}" for at in wide.columns])
    return wide.reset_index()


def baseline_part(asked: Asked) -> str:
    """Set graphfraud beside what a user would try first; one at a time, so that seconds compare."""
    size = asked.size
    found = answers(baselines.baseline_cells(size, asked.seed), asked.out)
    table = baselines.baseline_table(found)
    table.to_csv(asked.out / "baselines.csv", index=False)
    best = baselines.best_settings(table)
    about = (
        f"Populations of {size.persons:,} persons, {size.baseline_seeds} of each kind, "
        f"{asked.about}. F1 over rings whose members are seen together, persons alone compared. "
        "Every other method at its best setting, which takes the truth to know."
    )
    shown = asked.picture("baselines", lambda path: draw_baselines(best, path, about))
    tables = [
        f"### {title}\n\n{markdown(best[best['view'] == view].drop(columns='view'))}\n"
        for view, title in (
            ("gathering", "Rings whose members are seen together"),
            ("all", "Every planted ring"),
        )
    ]
    return _section("Beside other methods", about, shown, *tables)


def calibration_part(asked: Asked) -> str:
    """Work out how often clean data shows a lead, and whether p-values are uniform by chance."""
    size = asked.size
    found = answers(calibration.clean_cells(size, asked.seed), asked.out, asked.workers)
    tables = {
        "family_wise": calibration.family_wise_table(found, size.parameters),
        "group_p_values": calibration.group_table(found),
        "pair_p_values": calibration.pair_table(found),
    }
    for name, table in tables.items():
        table.to_csv(asked.out / f"{name}.csv", index=False)
    about = f"{size.clean_runs} populations of {size.clean_persons:,} persons, {asked.about}."
    parts = (
        asked.picture("family_wise", lambda p: draw_family_wise(tables["family_wise"], p, about)),
        markdown(tables["family_wise"]),
        asked.picture(
            "group_p_values",
            lambda path: draw_groups(calibration.least_values(found), path, about),
        ),
        markdown(tables["group_p_values"]),
        asked.picture(
            "pair_p_values",
            lambda path: draw_pairs(calibration.pair_counts_below(found), path, about),
        ),
        markdown(tables["pair_p_values"]),
    )
    return _section("Calibration", about, *parts)


def permuted_part(asked: Asked) -> str:
    """Look through given data, and again with its dates dealt anew within providers."""
    assert asked.data is not None, "--data FOLDER says which data to permute"
    cells = permuted.permuted_cells(
        asked.data, asked.mapping, asked.size.parameters, asked.seed, asked.dealings
    )
    found = answers(cells, asked.out)
    table, leads = permuted.permuted_table(found), permuted.lead_table(found)
    table.to_csv(asked.out / "permuted.csv", index=False)
    leads.to_csv(asked.out / "permuted_leads.csv", index=False)
    about = f"Data: {asked.data.name}. Not looked for: {', '.join(found[0]['not_looked_for'])}."
    told = markdown(leads) if len(leads) else "No run shows a lead."
    return _section("Dates dealt anew", about, markdown(table), told)


PARTS: Mapping[str, Callable[[Asked], str]] = {
    "power": power_part,
    "sweep": sweep_part,
    "baselines": baseline_part,
    "calibration": calibration_part,
    "permuted": permuted_part,
}


def write_report(asked: Asked, names: Iterable[str]) -> Path:
    """Run the named parts; write each as PART.md, and all that are there as report.md."""
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        if name in names:
            text = PARTS[name](asked)
            (asked.out / f"{name}.md").write_text(text, encoding="utf-8")
    sections = [asked.out / f"{name}.md" for name in PARTS]
    told = [path.read_text(encoding="utf-8") for path in sections if path.is_file()]
    report = asked.out / "report.md"
    head = "# How well rings are found, and how quiet clean data is\n\nHow to read it: "
    report.write_text(f"{head}docs/detection_benchmark.md.\n\n" + "\n".join(told), encoding="utf-8")
    return report


def _section(title: str, *parts: str) -> str:
    return f"## {title}\n\n" + "\n\n".join(part for part in parts if part) + "\n"
