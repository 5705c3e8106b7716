"""Clinics with a pharmacy in the next house: patients of any of its doctors walk over to it.

The two stand side by side from the start (places.py), and honest patients go there by themselves.
"""

import numpy as np

from ..planting import Planting, doctors, facilities
from ..world import World


def plant_clinic_pharmacies(world: World, planting: Planting) -> None:
    """Note each clinic with its neighbour and its doctors; patients are whoever lives nearby."""
    places = world.places
    for clinic in np.flatnonzero(places.next_door >= 0).tolist():
        staff = np.arange(places.first_doctor[clinic], places.first_doctor[clinic + 1])
        members = facilities([clinic], "clinic")
        members += facilities([places.next_door[clinic]], "next_door")
        planting.note("clinic_pharmacy", members + doctors(staff, "prescriber"))
