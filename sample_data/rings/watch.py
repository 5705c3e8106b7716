"""The watch list: confirmed cases, some inside rings, some close to them, some far from any."""

import numpy as np

from ..plan import planned
from ..planting import Listed, Planting
from ..streams import stream
from ..world import World

REASONS = ("既往骗保处罚", "举报核实", "飞行检查移交", "异常结算约谈")


def plant_watchlist(world: World, planting: Planting) -> None:
    """List the provider and one member of every third ring, and as many persons at random."""
    rng = stream(world.seed, "watch list")
    rings = [group for group in planting.groups if not group.honest][::3]
    for ring in rings:
        for entity_type in ("facility", "person"):
            found = [m for m in ring.members if m.entity_type == entity_type][:1]
            planting.listed += [
                Listed(m.entity_type, m.number, str(rng.choice(REASONS))) for m in found
            ]
    count = planned(world.people.count, world.plan.persons_per_ring)
    for person in rng.choice(world.people.count, count, replace=False).tolist():
        planting.listed.append(Listed("person", person, str(np.array(REASONS)[0])))
