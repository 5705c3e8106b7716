"""Planted rings: one file for each way of colluding."""

from collections.abc import Callable

from ..planting import Planting
from ..world import World
from .card_pools import plant_card_pools
from .dense_blocks import plant_dense_blocks
from .doctor_pharmacy import plant_doctor_pharmacy
from .empty_swipes import plant_empty_swipes
from .group_admission import plant_group_admissions
from .money_circles import plant_money_circles
from .refund_loops import plant_refund_loops
from .repeat_swipes import plant_repeat_swipes
from .shared_pivots import plant_shared_pivots
from .template_baskets import plant_template_baskets
from .trace_codes import plant_trace_codes
from .watch import plant_watchlist

# The watch list comes last: it names members of the others.
RINGS: tuple[Callable[[World, Planting], None], ...] = (
    plant_card_pools,
    plant_empty_swipes,
    plant_group_admissions,
    plant_doctor_pharmacy,
    plant_dense_blocks,
    plant_shared_pivots,
    plant_money_circles,
    plant_trace_codes,
    plant_template_baskets,
    plant_refund_loops,
    plant_repeat_swipes,
    plant_watchlist,
)
