"""Groups of several patterns are explained in one go, each by what is known of its own."""

import dataclasses

import pandas as pd
import pytest

from graphfraud.engine.snapshot import attach_snapshot
from graphfraud.findings.detect import _Found, _rings
from graphfraud.findings.stability import Bounds
from graphfraud.patterns import co_visit, group_admission
from graphfraud.patterns.contract import Context
from graphfraud.patterns.group import Group
from graphfraud.progress import silent
from graphfraud.workspace import WorkspaceFolder
from tests.engine.feeds import claim, deliver, engine_on
from tests.findings.groups import group_of

AT = {"facility_id": "P1", "med_type": "outpatient"}


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceFolder:
    return WorkspaceFolder.open(tmp_path_factory.mktemp("case") / "workspace", create=True)


def with_claims(persons: str) -> Group:
    """Return a group with one claim of each person, named like the person."""
    claims = pd.DataFrame({"event": 1, "claim_id": [f"C{person}" for person in persons]})
    return dataclasses.replace(group_of(persons), claims=claims)


def test_every_ring_has_its_own_claims_reasons_and_pattern(workspace: WorkspaceFolder) -> None:
    days = [claim(f"C{one}", one, "2024-10-07 09:00:00", **AT) for one in "ABCDEFGHI"]
    home = {"address": "1 River Road"}
    people = [{"person_id": one, **(home if one in "GHI" else {})} for one in "ABCDEFGHI"]
    deliver(workspace, {"claims": days, "persons": people})
    asked = Bounds(0.05, 3)
    found = [
        _Found(co_visit, asked, [with_claims("ABC"), with_claims("DEF")]),
        _Found(group_admission, asked, [with_claims("GHI")]),
    ]
    with engine_on(workspace) as engine:
        attach_snapshot(engine, workspace, workspace.snapshot())
        rings = _rings(Context(engine, 1, silent), found)
    told = {
        "".join(sorted(ring.persons)): (
            ring.pattern,
            "".join(sorted(ring.claims["person_id"])),
            ring.verdict.status,
        )
        for ring in rings
    }
    assert told == {
        "ABC": ("co_visit", "ABC", "lead"),
        "DEF": ("co_visit", "DEF", "lead"),
        "GHI": ("group_admission", "GHI", "explained"),
    }
    assert _rings(Context(engine, 1, silent), []) == []
