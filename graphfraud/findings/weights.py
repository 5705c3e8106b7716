"""The one table of points, read from weights.toml: what each conduct signal adds to a score."""

import math
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Weight:
    """What a signal gives: `points` from value `full` on, nothing at `none`, even in between."""

    points: float
    none: float
    full: float
    what: str
    why: str

    def of(self, value: float) -> float:
        """Return the points of a value, in [0, self.points].

        >>> Weight(0.2, none=1.0, full=0.5, what="", why="").of(0.75)
        0.1
        """
        share = (value - self.none) / (self.full - self.none)
        return round(self.points * min(1.0, max(0.0, share)), 6)


def _read() -> dict[str, Weight]:
    text = files("graphfraud.findings").joinpath("weights.toml").read_text(encoding="utf-8")
    weights = {code: Weight(**entry) for code, entry in tomllib.loads(text).items()}
    for code, one in weights.items():
        sound = one.points > 0 and one.none != one.full and one.what and one.why
        if not sound or not all(map(math.isfinite, (one.points, one.none, one.full))):
            raise ValueError(f"weights.toml: {code} is not laid out as the file's head says")
    return weights


WEIGHTS = _read()
