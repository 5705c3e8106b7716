"""One population of the benchmark: made, loaded, looked through, compared with its truth."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.detection.difficulty import plan_at
from graphfraud.api import Workspace, open_workspace
from sample_data import generate
from sample_data.plan import LookalikePlan, Plan

NOBODY = 1e-9  # the mean of a beta law, which cannot be 0
RARER = 2  # empty swipes are planted for twice as many persons as any other ring


@dataclass(frozen=True)
class Population:
    """What is made; every field is recorded with the figures.

    difficulty: of each axis, 0 where not named. persons_per_ring: of each pattern; 0 leaves the
    plan's own density. clean: neither rings nor duplicates. company: False leaves out everybody who
    comes with somebody (couples, homes, units, look-alikes): what is then seen together is chance.
    """

    persons: int
    days: int
    seed: int
    difficulty: Mapping[str, float] = field(default_factory=dict)
    persons_per_ring: int = 0
    clean: bool = False
    company: bool = True

    @property
    def plan(self) -> Plan:
        """Return the generator's plan of this population."""
        plan = plan_at(self.difficulty)
        if per := self.persons_per_ring:
            plan = replace(plan, persons_per_ring=per, persons_per_card_pool=per)
            plan = replace(plan, persons_per_empty_swipe=RARER * per)
        return plan if self.company else alone(plan)


def alone(plan: Plan) -> Plan:
    """Return the plan without anybody who goes anywhere together with somebody else."""
    return replace(
        plan,
        lookalikes=LookalikePlan.none(),
        couple_share=NOBODY,
        traveller_share=0.0,
        persons_per_dialysis_unit=0,
        persons_per_rehabilitation=0,
        persons_per_care_home=0,
        persons_per_screening=0,
        persons_per_carpool=0,
        persons_per_buyer=0,
    )


@contextmanager
def made(population: Population) -> Iterator[tuple[Path, Workspace]]:
    """Make and load a population; yield its data (the truth inside) and its workspace, for now."""
    with tempfile.TemporaryDirectory() as name:
        data, workspace = Path(name) / "data", open_workspace(Path(name) / "workspace")
        generate(
            data,
            persons=population.persons,
            days=population.days,
            seed=population.seed,
            clean=population.clean,
            plan=population.plan,
            format="parquet",
        )
        workspace.load(data)
        yield data, workspace
