from typing import Any

from graphfraud.api.patterns import known_patterns

Run = Any


def test_every_pattern_tells_what_it_needs_and_its_parameters(run: Run) -> None:
    told = run("patterns")
    unwrapped = " ".join(told.out.split())
    for pattern in known_patterns():
        about = pattern.description
        for text in (about.looks_for, about.null_model, about.statistic, about.source, about.law):
            assert " ".join(text.split()) in unwrapped
        assert all(
            f"{pattern.description.name}.{one.name}" in told.out for one in pattern.parameters
        )


def test_document_has_defaults_and_reasons(run: Run) -> None:
    document = run("patterns", "--json").document
    defaults = {
        f"{pattern['name']}.{one['name']}": one["default"]
        for pattern in document["patterns"]
        for one in pattern["parameters"]
    }
    assert defaults["co_visit.min_persons"] >= 3
    assert all(one["why"] for pattern in document["patterns"] for one in pattern["parameters"])


def test_titles_are_told_in_chinese(run: Run) -> None:
    assert "组团" in run("patterns", "--lang", "zh").out
