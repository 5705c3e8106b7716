"""Signal: claims outside the area where the patient is insured."""

import numpy as np
import pandas as pd

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows
from graphfraud.model.areas import area, same_area

DESCRIPTION = Description(
    code="far_from_home",
    title_zh="异地成员",
    title_en="far from home",
    what="Claims at a place outside the area (prefecture, municipality) where the patient is "
    "insured.",
    formula="share of claims, of those with both regions known, whose areas differ",
    why="Cards travel more easily than patients; collected cards are swiped where the ring is.",
    source="GB/T 2260 division codes; distance between patients and providers as a screen: Musal "
    "2010, Two models to investigate Medicare fraud within unsupervised databases, Expert Systems "
    "with Applications 37(12)",
    excuse="People who live or work elsewhere, referral to a specialist, a town at the border.",
    needs=("persons.region", "facilities.region"),
)


def look(rows: RingRows) -> Signal:
    """Return the share of claims away from home."""
    home, there = (rows.claims[end].to_numpy(object) for end in ("person_region", "place_region"))
    told = (home != "") & (there != "")
    known = rows.claims.loc[told]
    if known.empty:
        return unknown(
            DESCRIPTION, "这些单据的统筹区不详", "the regions of these claims are unknown"
        )
    person, homes = pd.factorize(home[told])
    place, places = pd.factorize(there[told])
    differ = [[not same_area(area(one), area(other)) for other in places] for one in homes]
    far = np.array(differ, dtype=bool)[person, place]
    value, persons = float(far.mean()), len(set(known.loc[far, "person_id"]))
    zh = f"{len(known)} 条单据中有 {far.sum()} 条（{value:.0%}）不在参保地，涉及 {persons} 人。"
    en = f"{far.sum()} of {len(known)} claims ({value:.0%}) away from home; persons: {persons}."
    return seen(DESCRIPTION, value, zh, en, known.loc[far, "claim_id"])
