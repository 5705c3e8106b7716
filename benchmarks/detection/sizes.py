"""How large each part is: the full run, a quick look, and the smallest that still runs it all."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Size:
    """Populations of each part; days: of all of them.

    steps, axis_steps: difficulties of the power curve, and of each axis alone; seeds, axis_seeds:
    populations for each of them. persons_per_ring: so dense that one population holds several rings
    of each pattern. clean_runs: populations without any; clean_persons: in each.
    parameters: of every run of ours, over the defaults.
    """

    days: int = 365
    persons: int = 12_000
    persons_per_ring: int = 1_500
    steps: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
    seeds: int = 2
    axis_steps: tuple[float, ...] = (0.75, 1.5)
    axis_seeds: int = 1
    baseline_seeds: int = 1
    clean_runs: int = 100
    clean_persons: int = 1_500
    pairs: int = 300_000  # drawn in each clean run
    parameters: dict[str, str] = field(default_factory=dict)


def few_replicates() -> dict[str, str]:
    """Return settings under which the patterns that exchange dates take seconds."""
    names = ("co_visit", "group_admission")
    return {
        f"{name}.{key}": value
        for name in names
        for key, value in (("replicates", "19"), ("ring_level", "0.05"))
    }


SIZES = {
    "full": Size(),
    "quick": Size(
        persons=4_000, steps=(0.0, 0.5, 1.0, 1.5), seeds=1, axis_steps=(1.5,), clean_runs=10,
        clean_persons=1_000, pairs=100_000,
    ),
    "smallest": Size(
        days=90, persons=600, persons_per_ring=600, steps=(0.0, 1.0), seeds=1, axis_steps=(1.0,),
        clean_runs=2, clean_persons=200, pairs=2_000, parameters=few_replicates(),
    ),
}  # fmt: skip
