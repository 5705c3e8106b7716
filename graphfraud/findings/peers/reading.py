"""Computes all peers' indices on a snapshot: one SQL step each, then the warning lines."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from graphfraud.engine.coded_claims import code_claims
from graphfraud.engine.duckdb import Engine
from graphfraud.findings.needs import missing
from graphfraud.findings.peers.indices import INDICES
from graphfraud.findings.peers.lines import LINES, index_lines, no_lines
from graphfraud.model.areas import area
from graphfraud.model.hours import NIGHT_BEGINS, NIGHT_ENDS
from graphfraud.model.resale import RESALE_CODES, RESALE_NAMES
from graphfraud.model.scheduled import SCHEDULED_CODES

READMISSION_DAYS = 15  # the platform's own rule for split admissions
SUMS = ("sx", "sy", "sxx", "sxy", "syy")


@dataclass(frozen=True)
class Peers:
    """The warning lines of a run; absent: index -> tables and columns it lacked."""

    lines: pd.DataFrame
    absent: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines there are of each level."""
        levels = self.lines["level"]
        return {f"level_{n}": int((levels == n).sum()) for n in range(1, len(LINES) + 1)}


def read_peers(engine: Engine) -> Peers:
    """Return the warning lines of all facilities, by facility and index."""
    absent = {name: missing(engine, index.needs) for name, index in INDICES.items()}
    facilities = _facilities(engine)
    code_claims(engine)
    engine.run("findings/peers/patients")
    parts = [
        index_lines(name, _sums(engine, name), facilities, scale=index.scale, least=index.least)
        for name, index in INDICES.items()
        if not absent[name]
    ]
    found = [part for part in parts if len(part)]
    lines = pd.concat(found) if found else no_lines()
    ordered = lines.sort_values(["facility_id", "index"], ignore_index=True)
    return Peers(ordered, {name: needs for name, needs in absent.items() if needs})


def _facilities(engine: Engine) -> pd.DataFrame:
    """Return facility_id, kind, level and area, and lend the areas of all regions to the engine."""
    regions = engine.frame("findings/peers/regions")["region"]
    areas = pd.DataFrame({"region": regions, "area": [area(str(one)) for one in regions]})
    engine.register("areas", areas.astype("str"))
    try:
        engine.run("findings/peers/areas")
    finally:
        engine.unregister("areas")
    return engine.frame("findings/peers/facilities")


def _sums(engine: Engine, name: str) -> pd.DataFrame:
    """Return the sums of one index; whole numbers of any size, so no order of adding matters."""
    parameters: dict[str, object] = {
        "codes": RESALE_CODES,
        "names": RESALE_NAMES,
        "night_begins": NIGHT_BEGINS,
        "night_ends": NIGHT_ENDS,
        "days": READMISSION_DAYS,
        "scheduled": "^(" + "|".join(code.replace(".", "") for code in SCHEDULED_CODES) + ")",
    }
    table = engine.frame(f"findings/peers/{name}", parameters)
    return table.astype(dict.fromkeys(SUMS, "float64") | {"n": "int64", "facility_id": "str"})
