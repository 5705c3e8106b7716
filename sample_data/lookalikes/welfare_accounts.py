"""Welfare homes: the residents' money goes to one account, that of the home that acts for them."""

import numpy as np

from ..plan import planned
from ..planting import Member, Planting, Relation, Written, persons
from ..population import CARE_HOME
from ..world import World

ACCOUNT = "1005{:015d}"
FIRST_COMPANY = 500_000  # numbers of homes as companies, behind those of rings


def plant_welfare_accounts(world: World, planting: Planting) -> None:
    """Let some care homes keep the accounts of their residents."""
    people = world.people
    homes = np.flatnonzero(people.home_kind == CARE_HOME)
    wanted = planned(people.count, world.plan.lookalikes.welfare_account)
    for number, home in enumerate(homes[:wanted].tolist()):
        residents = np.flatnonzero(people.home == home)
        company, numbers = FIRST_COMPANY + number, tuple(residents.tolist())
        account = ACCOUNT.format(number + 1)
        planting.written.append(Written("person", "bank_account", numbers, account))
        for resident in numbers:
            planting.relations.append(Relation(("company", company), "agent", ("person", resident)))
        members = (*persons(residents, "resident"), Member("company", company, "guardian"))
        planting.note("welfare_account", members)
