"""Whatever a text holds, a browser's parser finds that text and no element of it."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from graphfraud.ui.markup import Markup, tag, together


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(markup: str) -> tuple[list[str], str]:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.tags, reader.text


@given(st.lists(st.text() | st.sampled_from(["<script>", "&lt;", "</p>", '" onload="x'])))
def test_text_stays_text(texts: list[str]) -> None:
    plain = [text.replace("\r", "") for text in texts]
    tags, read = _read(tag("p", *plain, cls="a"))
    assert tags == ["p"]
    assert read == "".join(plain)


@given(st.text())
def test_a_class_cannot_break_out(name: str) -> None:
    tags, _ = _read(tag("i", "x", cls=name))
    assert tags == ["i"]


def test_markup_is_kept_and_text_beside_it_escaped() -> None:
    assert together(tag("b", "x"), "<b>") == "<b>x</b>&lt;b&gt;"
    assert isinstance(together(), Markup)
