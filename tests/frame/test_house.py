"""The house rules that no linter checks: sizes, reasons for exceptions, no machine's own names."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("graphfraud", "loaders", "sample_data")
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}
# Put together here, so that this file does not name what it looks for.
FOREIGN = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", r"/ho" + r"me/\w", "files.python" + "hosted"])
)
EXCEPTION = re.compile(r"#\s*noqa\b(?P<rest>.*)$")
REASON = re.compile(r"^: ?[A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*\s+\S+")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def sources() -> list[Path]:
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES
    ]


def bodies() -> dict[str, int]:
    """Return each function's lines without its docstring and without functions inside it."""
    found = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = node.body[1:] if ast.get_docstring(node) else node.body
                name = f"{path.relative_to(ROOT)}:{node.name}:{node.lineno}"
                found[name] = (first[-1].end_lineno or 0) - first[0].lineno + 1 if first else 0
    return found


def test_files_are_small() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in sources()}
    assert {name: count for name, count in lines.items() if count > 300} == {}
    assert statistics.median(lines.values()) <= 90


def test_functions_are_small() -> None:
    lines = bodies()
    assert {name: count for name, count in lines.items() if count > 40} == {}
    assert statistics.median(lines.values()) <= 6
    assert statistics.quantiles(lines.values(), n=10)[-1] <= 25


def test_files_have_names_of_the_field() -> None:
    assert [path for path in sources() if BANNED_NAMES & set(path.stem.split("_"))] == []


def test_every_exception_from_a_rule_has_its_reason() -> None:
    bare = []
    for path in sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = EXCEPTION.search(line)
            if found and not REASON.match(found["rest"]):
                bare.append(f"{path.relative_to(ROOT)}:{number}")
    assert bare == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in FOREIGN.finditer(text)]
    assert found == []


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(
        ["make", "--silent"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert set(re.findall(r"^  make ([\w-]+)", shown.stdout, re.MULTILINE)) == set(phony[1].split())
