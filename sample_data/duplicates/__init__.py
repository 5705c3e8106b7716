"""One expense paid twice: one file for each way of doing it."""

from collections.abc import Callable

from ..settlement import Claims
from ..world import World
from .ledger import Ledger
from .same_invoice import plant_same_invoice

DUPLICATES: tuple[Callable[[World, Claims, Ledger], None], ...] = (plant_same_invoice,)
