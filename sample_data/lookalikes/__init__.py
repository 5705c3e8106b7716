"""Honest groups that look like rings: each with the data that explains it."""

from collections.abc import Callable

from ..planting import Planting
from ..world import World
from .care_homes import plant_care_homes
from .carpools import plant_carpools
from .dialysis import plant_dialysis
from .errands import plant_errands
from .rehabilitation import plant_rehabilitation
from .screening import plant_screening

LOOKALIKES: tuple[Callable[[World, Planting], None], ...] = (
    plant_dialysis,
    plant_rehabilitation,
    plant_care_homes,
    plant_screening,
    plant_carpools,
    plant_errands,
)
