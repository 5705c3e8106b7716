"""Festival promotions: at several shops of a region everybody buys the same two goods."""

import numpy as np

from ..arrays import Ints, Rng, indexes
from ..goods import MAKERS
from ..plan import Span, planned
from ..planting import Planting, facilities, persons
from ..rhythm import PHARMACY
from ..streams import stream
from ..visits import OVER_THE_COUNTER, Visits, visits
from ..world import World

SHOPS, CUSTOMERS, DAYS = Span(3, 5), Span(40, 90), Span(2, 3)
PROMOTED = np.array([13, 15, 20, 22, 26, 31]) * len(MAKERS)  # cold remedies, tonics; cheap and dear


def plant_promotions(world: World, planting: Planting) -> None:
    """Hold promotions; each shop's own customers come, one in twenty of them at most."""
    rng = stream(world.seed, "promotions")
    for _ in range(planned(world.people.count, world.plan.lookalikes.promotion_basket)):
        region = int(rng.integers(0, world.people.regions))
        options = world.places.of(PHARMACY, region)
        shops = rng.choice(options, min(SHOPS.whole(rng), len(options)), replace=False)
        first = int(rng.integers(0, max(1, world.rhythm.days - 3)))
        day = np.arange(first, min(first + DAYS.whole(rng), world.rhythm.days))
        made = Visits.joined([_customers(world, planting, rng, int(shop), day) for shop in shops])
        made = made.of(basket=planting.basket(*rng.choice(PROMOTED, 2, replace=False)))
        members = facilities(shops, "pharmacy") + persons(made.person, "customer")
        planting.lookalike("promotion_basket", members, made)


def _customers(world: World, planting: Planting, rng: Rng, shop: int, day: Ints) -> Visits:
    own = (world.favourite(PHARMACY) == shop) & (world.people.age >= 18)
    person = planting.cast.crowd(rng, CUSTOMERS.whole(rng), own)
    start = world.moment(rng, person, PHARMACY, rng.choice(day, len(person)))
    return visits(person, indexes(np.full(len(person), shop)), OVER_THE_COUNTER, start)
