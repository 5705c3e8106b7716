"""The ids under which entities stand in the tables, by type and number."""

from dataclasses import dataclass

import numpy as np

from .columns import Column, padded, picked, together
from .regions import REGIONS
from .world import World

CARRIER = "6217{:015d}"  # accounts that belong to nobody in the tables
COMPANY = "C{:06d}"
OPERATOR = "OP{:06d}"


def region_codes() -> list[str]:
    """Return the regions' codes by number."""
    return [region.code for region in REGIONS]


@dataclass(frozen=True)
class Ids:
    """The ids of persons, facilities and doctors, by number."""

    person: Column
    facility: Column
    doctor: Column

    def text(self, entity_type: str, number: int) -> str:
        """Return one id; accounts, companies and operators have no table of their own."""
        patterns = {"account": CARRIER, "company": COMPANY, "operator": OPERATOR}
        if entity_type in patterns:
            return patterns[entity_type].format(number)
        return str(getattr(self, entity_type)[number])


def build_ids(world: World) -> Ids:
    """Return the ids of a world: region first, then a number with zeros in front."""
    people, places = world.people, world.places
    doctor_place = places.doctor_places()
    letter = picked(("P", "H", "H"), places.kind)
    return Ids(
        person=_ids("", people.region, 8),
        facility=together(letter, _ids("", places.region, 5)),
        doctor=_ids("D", places.region[doctor_place], 6),
    )


def _ids(letter: str, region: np.ndarray[tuple[int, ...], np.dtype[np.int8]], width: int) -> Column:
    return together(letter, picked(region_codes(), region), padded(np.arange(len(region)), width))
