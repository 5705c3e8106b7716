"""Planted rings: one file for each way of colluding."""

from collections.abc import Callable

from ..planting import Planting
from ..world import World
from .card_pools import plant_card_pools
from .empty_swipes import plant_empty_swipes

RINGS: tuple[Callable[[World, Planting], None], ...] = (plant_card_pools, plant_empty_swipes)
