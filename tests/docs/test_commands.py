import re
from pathlib import Path

import pytest

from graphfraud.cli.main import BARE, COMMANDS, GROUPS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def code(page: Path) -> str:
    """Return a page's bash blocks and the code inside its sentences, each from a line's start."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_scripts_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    files = re.findall(r"\b(?:tests|benchmarks|loaders/mappings)/[\w/]+\.(?:py|yaml)", text)
    modules = [f"{name.replace('.', '/')}.py" for name in re.findall(r"-m (tests\.[\w.]+)", text)]
    assert [name for name in files + modules if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    word = r"([a-z][a-z0-9-]+)"
    named = re.findall(rf"^graphfraud {word}(?: {word})?", code(page), re.MULTILINE)
    called = {f"{first} {then}".rstrip() if first in GROUPS else first for first, then in named}
    assert called <= {*COMMANDS, *BARE}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_targets_that_a_page_names_exist(page: Path) -> None:
    targets = re.findall(
        r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    named = re.findall(r"^make ([a-z0-9-]+)", code(page), re.MULTILINE)
    assert set(named) <= set(targets)
