"""Compares what a demo found with what was planted: honest figures where the truth is known."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphfraud import Results


def planted(data: Path, results: "Results") -> list[dict[str, Any]]:
    """Return each planted ring of the patterns that were looked for, and how much was found.

    ring, pattern, variant, persons; found: those of them in the one lead that has most of them;
    strangers: others in that lead.
    """
    people = _persons(data / "truth" / "ring_members.csv")
    leads = _leads(results)
    rings = _rows(data / "truth" / "rings.csv")
    looked_for = results.run.get("parameters", {})
    return [
        {name: row[name] for name in ("ring", "pattern", "variant")}
        | _best(people[row["ring"]], leads)
        for row in rings
        if row["pattern"] in looked_for
    ]


def _best(persons: set[str], leads: list[set[str]]) -> dict[str, int]:
    best = max(leads, key=lambda lead: len(lead & persons), default=set[str]())
    found = len(best & persons)
    return {
        "persons": len(persons),
        "found": found,
        "strangers": len(best - persons) if found else 0,
    }


def _leads(results: "Results") -> list[set[str]]:
    rings, members = results.rings, results.members
    persons = members[members["entity_type"] == "person"]
    return [
        set(persons.loc[persons["ring_id"] == ring_id, "entity_id"])
        for ring_id in rings.loc[rings["status"] == "lead", "ring_id"]
    ]


def _persons(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(path):
        if row["entity_type"] == "person":
            found[row["ring"]].add(row["entity_id"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
