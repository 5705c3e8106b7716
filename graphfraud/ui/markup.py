"""The one place where HTML is made: every text from data is escaped, so it can never be markup.

Invariant: a `Markup` is made by `tag` and `together` alone, from a tag's literal name and classes;
everything else that goes in is text. Streamlit's markdown is never used for data: a name such as
`![](http://host/x.png)` would make the browser ask another host.
"""

from html import escape


class Markup(str):
    """HTML that is safe to send; an ordinary `str` is text."""

    __slots__ = ()


def tag(name: str, *children: str, cls: str = "") -> Markup:
    """Wrap children in an element; texts are escaped, `Markup` children are kept.

    >>> tag("p", "<script>", tag("b", "1 & 2"), cls="note")
    '<p class="note">&lt;script&gt;<b>1 &amp; 2</b></p>'
    """
    attribute = f' class="{escape(cls)}"' if cls else ""
    return Markup(f"<{name}{attribute}>{together(*children)}</{name}>")


def together(*parts: str) -> Markup:
    """Put parts one after another; texts are escaped, `Markup` is kept.

    >>> together(tag("b", "a"), " < ")
    '<b>a</b> &lt; '
    """
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))
