"""Signal: a ring whose places lie in several areas."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows
from graphfraud.model.areas import area

DESCRIPTION = Description(
    code="cross_region",
    title_zh="跨统筹区",
    title_en="across regions",
    what="In how many areas (prefectures, municipalities) the ring's places lie.",
    formula="number of different areas of the facilities of the ring's claims",
    why="Each fund sees its own part alone, so a ring across a border is seen whole by nobody.",
    source="GB/T 2260 division codes; settlement across regions: National Healthcare Security "
    "Administration and Ministry of Finance, notice on direct settlement of medical care across "
    "provinces, 2022",
    excuse="People who live at a border, or a referral to the provincial capital.",
    needs=("facilities.region",),
)


def look(rows: RingRows) -> Signal:
    """Return the number of areas."""
    known = rows.claims[rows.claims["place_region"] != ""]
    areas = {area(region) for region in known["place_region"].unique()}
    # A province's own fund lies where its prefectures lie: only the narrowest areas count.
    apart = sorted(a for a in areas if not any(a != b and b.startswith(a) for b in areas))
    if not apart:
        return unknown(DESCRIPTION, "机构的统筹区不详", "the regions of the places are unknown")
    zh = f"机构分布在 {len(apart)} 个统筹区：{'、'.join(apart)}。"
    en = f"Areas of its places: {len(apart)} ({', '.join(apart)})."
    first = known.drop_duplicates("facility_id") if len(apart) > 1 else known.iloc[:0]
    return seen(DESCRIPTION, len(apart), zh, en, first["claim_id"])
