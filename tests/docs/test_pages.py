import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from graphfraud.api.patterns import known_patterns

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = loaded
    spec.loader.exec_module(loaded)
    return loaded


PAGES = module(DOCS / "pages.py").PAGES
blocks = module(ROOT / "tests" / "commands" / "run_readme.py").blocks


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")]), ids=lambda p: p.name
)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_both_readmes_have_the_same_commands() -> None:
    english, chinese = (
        blocks((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.zh.md")
    )
    assert [code(text) for text, _ in english] == [code(text) for text, _ in chinese]
    assert [is_run for _, is_run in english] == [is_run for _, is_run in chinese]
    assert any(is_run for _, is_run in english)


def code(block: str) -> list[str]:
    """Return a block's commands without its comments, which are in the page's language."""
    lines = (line.split(" #")[0].strip() for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_every_page_is_listed_in_a_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_marked_blocks_are_left_out() -> None:
    page = "```bash\na\n```\n<!-- not run: a server -->\n```bash\nb\n```\n```text\nc\n```\n"
    assert blocks(page) == [("a\n", True), ("b\n", False)]


@pytest.mark.parametrize(
    ("readme", "title"), [("README.md", "title_en"), ("README.zh.md", "title_zh")]
)
def test_the_readmes_name_every_pattern(readme: str, title: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for pattern in known_patterns():
        about = pattern.description
        assert f"| `{about.name}` | {getattr(about, title)} |" in text
