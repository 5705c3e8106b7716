"""Resale networks: validated relations between facilities, with the people on the sales."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graphfraud.network.relations import Relations
from graphfraud.network.significance import adjusted, upper_tail
from graphfraud.patterns.facility_peers import Facilities
from graphfraud.patterns.group import ACT_COLUMNS, Group
from graphfraud.patterns.trace_cases import Case, cases

Bools = NDArray[np.bool_]

TIE_COLUMNS = ("type_a", "a", "type_b", "b", "observed", "expected", "p", "q")
NAMES = (
    ("same_facility", "同一机构再次结算", "again at the same facility"),
    ("far_apart", "隔日以上在另一机构结算", "at another facility later"),
    ("close_in_time", "短于实物流转时间在另一机构结算", "at another facility too soon"),
)


def validated(seen: Relations, family: int, least: int, level: float) -> Bools:
    """Return which relations beat chance: family-wise, with at least so many boxes."""
    return np.asarray((seen.p * max(family, 1) <= level) & (seen.observed >= least))


def tie_table(seen: Relations, keep: Bools, family: int, places: Facilities) -> pd.DataFrame:
    """Return the kept relations between two facilities as ties."""
    q = adjusted(seen.p, max(family, len(seen.p)))
    names = np.array(places.ids, dtype=object)
    table = pd.DataFrame(
        {
            "type_a": "facility", "a": names[seen.source],
            "type_b": "facility", "b": names[seen.target],
            "observed": seen.observed, "expected": seen.expected, "p": seen.p, "q": q,
        },
        columns=list(TIE_COLUMNS),
    )  # fmt: skip
    shown: pd.DataFrame = table[keep & (seen.source != seen.target)].reset_index(drop=True)
    return shown


def networks(
    seen: Relations,
    strong: Bools,
    family: int,
    resold: pd.DataFrame,
    places: Facilities,
    limit: tuple[int, float],
) -> tuple[Group, ...]:
    """Return one group a case of validated relations; limit: see trace_cases.cases().

    A shop that scans its boxes again, boxes that come back from the street, and codes that are
    copied are three offences: a shop may have a part in each, and each is a case of its own.
    """
    keys = places.codes(resold["facility_a"]) * len(places.ids)
    keys += places.codes(resold["facility_b"])
    relation = np.searchsorted(seen.source * len(places.ids) + seen.target, keys)
    found = cases(seen, strong, resold, np.asarray(relation, np.int64), limit)
    return tuple(_network(seen, case, family, resold, places) for case in found)


def _network(
    seen: Relations, case: Case, family: int, resold: pd.DataFrame, places: Facilities
) -> Group:
    """Return the group of one case."""
    mine = case.relations
    boxes = resold.iloc[case.boxes].reset_index(drop=True)
    expected = float(seen.expected[mine].sum())
    spread = float(seen.dispersion[mine].max())

    def chance(units: int) -> float:
        tail = upper_tail(np.array([units]), np.array([expected]), spread)
        return float(min(1.0, family * tail[0]))

    zh, en = _summaries(boxes, expected)
    return Group(
        members=_members(boxes),
        acts=_acts(boxes),
        claims=_claims(boxes),
        ties=tie_table(seen, mine, family, places),
        expected=expected,
        chance=chance,
        summary_zh=zh,
        summary_en=en,
    )


def _members(boxes: pd.DataFrame) -> pd.DataFrame:
    """Return facilities and the persons on both sales; weight: the share of boxes they were on."""
    persons = _shares(boxes, "person_a", "person_b")
    shops = _shares(boxes, "facility_a", "facility_b")
    away = boxes[boxes["facility_a"] != boxes["facility_b"]]
    balance = away["facility_b"].value_counts().sub(away["facility_a"].value_counts(), fill_value=0)
    rows = [("facility", shop, _role(balance.get(shop, 0)), share) for shop, share in shops.items()]
    rows += [("person", person, "card_holder", share) for person, share in persons.items()]
    return pd.DataFrame(sorted(rows), columns=["entity_type", "entity_id", "role", "weight"])


def _role(balance: float) -> str:
    """Return whether a shop takes more boxes of others than it gives."""
    return "second_seller" if balance > 0 else "source"


def _shares(boxes: pd.DataFrame, first: str, second: str) -> dict[str, float]:
    both: pd.Series[str] = pd.concat(
        [boxes[first], boxes.loc[boxes[first] != boxes[second], second]]
    )
    counts = pd.Series(both).value_counts().sort_index()
    return {str(name): count / len(boxes) for name, count in counts.items()}


def _acts(boxes: pd.DataFrame) -> pd.DataFrame:
    own = boxes["person_a"] == boxes["person_b"]
    table = boxes.assign(
        unit=np.arange(1, len(boxes) + 1),
        a=boxes["person_a"],
        b=boxes["person_b"].mask(own, ""),
        facility_id=boxes["facility_b"],
        day=boxes["day_b"],
        # A treatment by timetable does not explain that its box is settled twice.
        scheduled=False,
        excuse="",
    )
    return table[list(ACT_COLUMNS)]


def _claims(boxes: pd.DataFrame) -> pd.DataFrame:
    event = np.arange(1, len(boxes) + 1)
    sales = [
        pd.DataFrame({"event": event, "claim_id": boxes[name]})
        for name in ("claim_id_a", "claim_id_b")
    ]
    return pd.concat(sales).sort_values(["event", "claim_id"], ignore_index=True)


def _summaries(boxes: pd.DataFrame, expected: float) -> tuple[str, str]:
    """Return what happened in a sentence, in Chinese and English."""
    count = boxes["verdict"].value_counts().to_dict()
    shops = len({*boxes["facility_a"], *boxes["facility_b"]})
    zh = "、".join(f"{name} {count[key]} 盒" for key, name, _ in NAMES if key in count)
    en = ", ".join(f"{count[key]} {name}" for key, _, name in NAMES if key in count)
    return (
        (
            f"{shops} 家机构之间有 {len(boxes)} 盒药被结算两次（{zh}）；按同类机构的差错水平，"
            f"偶然应为 {expected:.2g} 盒。"
        ),
        (
            f"{len(boxes)} boxes were settled twice at {shops} facilities ({en}); by chance, as "
            f"often as peers err, {expected:.2g} were expected."
        ),
    )
