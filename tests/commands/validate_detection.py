"""How well what was planted is found, and how quiet detection is on clean data.

    python tests/commands/validate_detection.py [--persons 60000] [--seeds 901 902 903]
        [--clean 951 952 953 954 955] [--difficulty default] [--replicates 99]
        [--patterns co_visit] [--by-pattern] [--plan persons_per_ring=5000]

Makes each population, loads it, detects, and compares the run with the planted truth as `graphfraud
evaluate` does. --patterns: only these are run, and only their rings were to be found; all that
there are where none is named. --plan: another density, so that many rings of each pattern stand in
one population. Ends with 1 when a population of the default difficulty shows F1 of the rings, or of
all their persons together, below 0.95, or a clean one any lead at all.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graphfraud.api import Evaluation, evaluate, open_workspace
from graphfraud.api.patterns import known_patterns
from graphfraud.resources import bundled_module

if TYPE_CHECKING:
    from sample_data.plan import Plan

GOAL = 0.95
MAIN = 0.5  # the Jaccard index at which a lead counts as a true ring


@dataclass(frozen=True)
class Outcome:
    """One population's figures, and how long detection took."""

    evaluation: Evaluation
    seconds: float

    @property
    def persons_f1(self) -> float:
        """Return F1 over the persons of all rings together."""
        members = self.evaluation.members.set_index("entities")
        return float(members.loc["person", "f1"])  # type: ignore[arg-type]

    @property
    def leads(self) -> int:
        """Return how many leads there are, whichever pattern they are of."""
        return self.evaluation.counts["leads"]

    def good(self, *, clean: bool) -> bool:
        """Say whether the population shows what it must."""
        return not self.leads if clean else min(self.evaluation.f1, self.persons_f1) >= GOAL


def main() -> int:
    """Run the populations and print one line each."""
    asked = arguments()
    failed = 0
    populations = [(seed, False) for seed in asked.seeds] + [(seed, True) for seed in asked.clean]
    for seed, clean in populations:
        outcome = validate(asked, seed, clean=clean)
        print("\n".join(lines(asked, seed, outcome, clean=clean)), flush=True)
        failed += (clean or asked.difficulty == "default") and not outcome.good(clean=clean)
    print(f"{len(populations) - failed} passed, {failed} failed")
    return int(failed > 0)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=60_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--difficulty", default="default")
    parser.add_argument("--replicates", default="99")
    parser.add_argument("--seeds", type=int, nargs="*", default=[901, 902, 903])
    parser.add_argument("--clean", type=int, nargs="*", default=[951, 952, 953, 954, 955])
    known = [pattern.description.name for pattern in known_patterns()]
    parser.add_argument("--patterns", nargs="+", choices=known, default=known, metavar="NAME")
    parser.add_argument("--by-pattern", action="store_true")
    parser.add_argument("--plan", nargs="+", type=override, default=[], metavar="KEY=N")
    return parser.parse_args(given)


def override(text: str) -> tuple[str, int]:
    """Read KEY=N for a whole-number field of the plan."""
    key, _, number = text.partition("=")
    plan = bundled_module("sample_data").Plan()
    known = [name for name, value in vars(plan).items() if isinstance(value, int)]
    if key not in known or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no KEY=N; KEY: {', '.join(known)}")
    return key, int(number)


def planned(asked: argparse.Namespace) -> "Plan":
    """Return the plan of the difficulty, with the fields that were asked for."""
    sample_data = bundled_module("sample_data").__name__
    plan: Plan = import_module(f"{sample_data}.plan").preset(asked.difficulty)
    return replace(plan, **dict(asked.plan))


def validate(asked: argparse.Namespace, seed: int, *, clean: bool) -> Outcome:
    """Make one population, run the main job on it and compare with its truth."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bundled_module("sample_data").generate(
            folder / "data",
            persons=asked.persons,
            days=asked.days,
            seed=seed,
            clean=clean,
            difficulty=asked.difficulty,
            plan=planned(asked),
        )
        workspace = open_workspace(folder / "workspace")
        workspace.load(folder / "data")
        begun = time.perf_counter()
        parameters = {"co_visit.replicates": asked.replicates}
        results = workspace.detect(patterns=asked.patterns, parameters=parameters)
        seconds = time.perf_counter() - begun
        found = evaluate(results, folder / "data" / "truth", patterns=asked.patterns)
        return Outcome(found, seconds)


def lines(asked: argparse.Namespace, seed: int, outcome: Outcome, *, clean: bool) -> list[str]:
    """Return what is printed of one population."""
    found = outcome.evaluation
    rings = found.rings[(found.rings["entities"] == "all") & (found.rings["jaccard"] == MAIN)]
    whole = (
        f"{'clean' if clean else asked.difficulty} {seed}: {_figures(rings.iloc[0])}, "
        f"persons F1 {outcome.persons_f1:.3f}, average precision "
        f"{found.average_precision['all']:.3f}, {outcome.leads} leads, "
        f"{len(found.false_leads)} false, {found.counts['explained']} explained, "
        f"{_honest(found)}, {_pairs(found)}, {outcome.seconds:.0f} s"
    )
    table = found.patterns[
        (found.patterns["entities"] == "all") & (found.patterns["jaccard"] == MAIN)
    ]
    rows = [row for _, row in table.iterrows()] if asked.by_pattern else []
    return [whole, *(f"  {row['pattern']}: {_figures(row)}" for row in rows)]


def _figures(row: "pd.Series[float]") -> str:
    return (
        f"F1 {row['f1']:.3f} (precision {row['precision']:.3f}, recall {row['recall']:.3f}), "
        f"{row['hits']:.0f} of {row['rings']:.0f} rings, mean Jaccard {row['mean_jaccard']:.3f}"
    )


def _honest(found: Evaluation) -> str:
    groups = found.lookalikes if found.lookalikes is not None else pd.DataFrame({"touched": []})
    return f"{int(groups['touched'].sum())} honest groups accused"


def _pairs(found: Evaluation) -> str:
    row = found.pairs.set_index("what").loc["duplicates"]
    return (
        f"duplicates {row['found']:.0f} of {row['planted']:.0f} found, "
        f"{row['honest'] + row['false']:.0f} of {row['reported']:.0f} wrong"
    )


if __name__ == "__main__":
    sys.exit(main())
