"""A run's folder against a truth's folder: what is read, what is refused, and how."""

from pathlib import Path

import pytest

import graphfraud
from graphfraud.api import Results, evaluate
from graphfraud.errors import UsageError

RINGS = "ring,pattern\nT1,co_visit\n"
MEMBERS = "ring,entity_type,entity_id\nT1,person,007\nT1,person,008\n"


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    """Return a truth as small as one can be."""
    return write(tmp_path / "truth", rings=RINGS, ring_members=MEMBERS)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def codes(told: graphfraud.Evaluation) -> list[str]:
    return [one.code for one in told.remarks]


def test_two_files_are_enough(results: Results, truth: Path) -> None:
    told = evaluate(results, truth)
    # The lead holds 007, 008, 009 and a place: two of four entities, two of three persons.
    assert told.f1 == 1.0
    means = told.rings.query("jaccard == 0.3").set_index("entities")["mean_jaccard"]
    assert means.to_dict() == {"all": 2 / 4, "person": 2 / 3}
    assert codes(told) == ["absent"] * 5
    assert told.lookalikes is None


def test_folder_and_results_are_the_same(results: Results, truth: Path) -> None:
    both = [evaluate(results, truth), evaluate(results.folder, truth)]
    assert both[0].rings.equals(both[1].rings)


def test_numbers_stay_text_and_spellings_are_known(results: Results, tmp_path: Path) -> None:
    text = "\ufeffring,entity_type,entity_id,note\n1,参保人,007,NA\n1,Person,008,\n1,doctor,NA,x\n"
    folder = write(tmp_path / "t", rings="ring\n1\n", ring_members=text)
    told = evaluate(results, folder)
    assert told.members["planted"].tolist() == [3, 2]
    assert told.members["hits"].tolist() == [2, 2]
    assert told.patterns["rings"].sum() == 0  # this truth names no pattern


HOSTILE = ['"=1+1"', '"a\nb"', '"x""y"', "[red]", "{file}", "\x1b[2J", "张三", "\x00", "A\u202eB"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_names(results: Results, tmp_path: Path, name: str) -> None:
    rows = f"{name},person,{name}\nT2,person,008\n"
    folder = write(
        tmp_path / "t",
        rings=f"ring,pattern\n{name},{name}\nT2,co_visit\n",
        ring_members=f"ring,entity_type,entity_id\n{rows}",
    )
    told = evaluate(results, folder)
    plain = name.removeprefix('"').removesuffix('"').replace('""', '"')
    assert plain in told.missed_rings["ring"].tolist()
    assert plain in told.patterns["pattern"].tolist()


def test_kinds_that_results_cannot_hold_are_left_out_and_told(
    results: Results, tmp_path: Path
) -> None:
    members = f"{MEMBERS}T1,company,C1\nT2,company,C1\n"
    folder = write(tmp_path / "t", rings=f"{RINGS}T2,co_visit\n", ring_members=members)
    told = evaluate(results, folder)
    assert told.counts["rings"] == 1
    facts = {one.code: dict(one.facts) for one in told.remarks}
    assert facts["entity_type"] == {"kind": "company", "members": 2, "rings": 2}
    assert facts["rings"] == {"n": 1, "names": "T2"}


def test_clean_truth_is_one(results: Results, tmp_path: Path) -> None:
    head = MEMBERS.splitlines()[0]
    folder = write(tmp_path / "t", rings="ring,pattern\n", ring_members=f"{head}\n")
    assert evaluate(results, folder).f1 == 0.0
    assert len(evaluate(results, folder, patterns=["co_visit"]).false_leads) == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"rings": "name\nT1\n"}, "has no column 'ring'. Found: name."),
        ({"rings": ""}, "has no column 'ring'. Found: nothing."),
        ({"rings": "ring,ring\nT1,T2\n"}, "has the column 'ring' twice"),
        ({"rings": "ring\nT1\nT1\n"}, "lists 'T1' twice"),
        ({"rings": "ring,pattern\nT2,x\n"}, "names 'T1', which rings.csv does not list"),
        ({"rings": "ring,pattern\n ,x\n"}, "Record 2 of .* has no ring"),
        ({"rings": 'ring,pattern\n"T1,x\n'}, "is no CSV file"),
        ({"ring_members": f"{MEMBERS}T1,person\n"}, "Record 4 of .* has 2 fields, the header 3"),
        ({"ring_members": f"{MEMBERS}T1,person,\n"}, "Record 4 of .* has no entity_id"),
        ({"ring_members": "ring,entity_type,entity_id\nT1,human,1\n"}, "no entity_type that"),
        ({"duplicates": "claim_id_a,kind\n1,x\n"}, "has no column 'claim_id_b'"),
        ({"duplicates": "claim_id_a,claim_id_b\n1,1\n"}, "pairs '1' with itself"),
        ({"lookalikes": "lookalike\nL\n", "lookalike_members": "x\n"}, "has no column 'kind'"),
        (
            {
                "lookalikes": "lookalike,kind\nL,x\n",
                "lookalike_members": "lookalike,entity_type,entity_id\nM,person,1\n",
            },
            "names 'M', which lookalikes.csv does not list",
        ),
    ],
)
def test_what_is_wrong_with_a_truth_is_named(
    results: Results, truth: Path, files: dict[str, str], said: str
) -> None:
    write(truth, **files)
    with pytest.raises(UsageError, match=said) as error:
        evaluate(results, truth)
    assert error.value.hint


def test_a_missing_file_and_another_encoding_are_named(results: Results, truth: Path) -> None:
    (truth / "identities.csv").write_bytes("person_id_a,person_id_b\n张,李\n".encode("gb18030"))
    with pytest.raises(UsageError, match="is not UTF-8"):
        evaluate(results, truth)
    (truth / "ring_members.csv").unlink()
    with pytest.raises(UsageError, match=r"ring_members\.csv is missing"):
        evaluate(results, truth)


def test_folders_that_are_none_are_told_apart(results: Results, truth: Path) -> None:
    with pytest.raises(UsageError, match=r"is no truth") as above:
        evaluate(results, truth.parent)
    assert above.value.hint == f"Did you mean {truth}?"
    with pytest.raises(UsageError, match="holds no results"):
        evaluate(truth.parent, truth)
    with pytest.raises(UsageError, match="no column 'ring'") as swapped:
        evaluate(truth, results.folder)
    assert "RESULTS comes first" in swapped.value.hint


def test_results_that_cannot_be_read_are_no_bug(results: Results, truth: Path) -> None:
    path = results.folder / "rings.csv"
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace(",1,", ",first,"), encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read as results"):
        evaluate(Results(results.folder), truth)


def test_an_unknown_pattern_is_named(results: Results, truth: Path) -> None:
    with pytest.raises(UsageError, match="pattern 'co_visits'") as error:
        evaluate(results, truth, patterns=["co_visits"])
    assert error.value.hint == "Did you mean co_visit?"


def test_fixture_is_found(case: graphfraud.Workspace) -> None:
    from graphfraud.resources import bundled  # noqa: PLC0415  one test needs the fixture

    told = evaluate(case.results(), bundled("sample_data") / "fixture" / "truth")
    co_visit = told.patterns.query("pattern == 'co_visit' and jaccard == 0.5")
    assert co_visit["f1"].tolist() == [1.0, 1.0]
    assert told.pairs.set_index("what").loc["duplicates", "false"] == 0
