"""The conduct signals, in the order in which they are shown."""

from types import ModuleType

from graphfraud.findings.signals import (
    amount_uniformity,
    beyond_chance,
    cohesion,
    cross_region,
    facilities_take_turns,
    far_from_home,
    identical_baskets,
    inside,
    minute_gaps,
    money_returns,
    odd_hours,
    persistence,
    refunds,
    regular_period,
    resale_prone_drugs,
    same_stay,
    watchlist_neighbours,
)

_MODULES = (
    *(beyond_chance, cohesion, persistence, inside),
    *(amount_uniformity, identical_baskets, resale_prone_drugs, regular_period, minute_gaps),
    same_stay,
    *(facilities_take_turns, far_from_home, cross_region, money_returns),
    *(watchlist_neighbours, refunds, odd_hours),
)

SIGNALS: dict[str, ModuleType] = {module.DESCRIPTION.code: module for module in _MODULES}
