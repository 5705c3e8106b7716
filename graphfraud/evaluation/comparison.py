"""Leads and true rings side by side, of all entities or of persons alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from graphfraud.evaluation.groups import Groups, Overlaps, closest, overlaps, persons_only
from graphfraud.evaluation.matching import Partners, matched

LOWEST = 0.3  # below it a lead and a ring are not the same finding; no threshold of ours is lower


@dataclass(frozen=True)
class Comparison:
    """Leads in the order of their rank and true rings by name, each with its pattern.

    patterns: of both, by name; a pattern without a name is "".
    """

    leads: Groups
    rings: Groups
    lead_patterns: Mapping[str, str]
    ring_patterns: Mapping[str, str]

    @cached_property
    def overlaps(self) -> Overlaps:
        """Return lead -> ring -> Jaccard index of those that share an entity."""
        return overlaps(self.leads, self.rings)

    @cached_property
    def partners(self) -> Partners:
        """Return lead -> (ring, Jaccard), one to one."""
        return matched(self.overlaps)

    def hits(self, at: float = LOWEST) -> dict[str, str]:
        """Return lead -> ring of the partners whose Jaccard index reaches `at`."""
        return {lead: ring for lead, (ring, jaccard) in self.partners.items() if jaccard >= at}

    def unmatched(self, at: float = LOWEST) -> list[str]:
        """Return the leads that have no such partner, by rank."""
        hits = self.hits(at)
        return [lead for lead in self.leads if lead not in hits]

    def of_persons(self) -> "Comparison":
        """Return the same of persons alone; leads and rings without persons are left out."""
        leads, rings = persons_only(self.leads), persons_only(self.rings)
        return Comparison(leads, rings, self.lead_patterns, self.ring_patterns)

    def of_patterns(self, patterns: Collection[str]) -> "Comparison":
        """Return the same with the rings of some patterns as the only ones to be found.

        A lead that matches none of them is set aside, neither right nor false, where it is of
        another pattern itself or overlaps a ring of another pattern by LOWEST.
        """
        wanted, other = _divided(self.rings, self.ring_patterns, patterns)
        hits = Comparison(self.leads, wanted, self.lead_patterns, self.ring_patterns).hits()
        excused = overlaps(self.leads, other)
        kept = {
            lead: group
            for lead, group in self.leads.items()
            if lead in hits
            or (self.lead_patterns[lead] in patterns and closest(excused[lead])[1] < LOWEST)
        }
        return Comparison(kept, wanted, self.lead_patterns, self.ring_patterns)


def _divided(
    rings: Groups, patterns: Mapping[str, str], wanted: Collection[str]
) -> tuple[Groups, Groups]:
    chosen = {name: group for name, group in rings.items() if patterns[name] in wanted}
    return chosen, {name: group for name, group in rings.items() if name not in chosen}
