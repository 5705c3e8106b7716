from pathlib import Path

import pandas as pd

from graphfraud.api import Results
from graphfraud.cli.demo_truth import planted


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_planted_ring_is_compared_with_its_best_lead(tmp_path: Path, results: Results) -> None:
    lead = results.rings["ring_id"].iloc[0]
    assert isinstance(lead, str)
    people = results.members["entity_id"][results.members["entity_type"] == "person"]
    assert people.tolist() == ["007", "008", "009"]
    head = "ring,pattern,variant,difficulty,parameters\n"
    rings = "T1,co_visit,pool,default,\nT2,co_visit,pool,default,\nT3,unknown,x,default,\n"
    write(tmp_path / "truth" / "rings.csv", head + rings)
    members = "T1,person,007,x\nT1,person,008,x\nT1,facility,F1,x\nT2,person,100,x\n"
    write(tmp_path / "truth" / "ring_members.csv", "ring,entity_type,entity_id,role\n" + members)
    results.run["parameters"] = {"co_visit": {}}
    rows = pd.DataFrame(planted(tmp_path, results))
    assert rows["ring"].tolist() == ["T1", "T2"]
    assert rows[["persons", "found", "strangers"]].to_numpy().tolist() == [[2, 2, 1], [1, 0, 0]]
