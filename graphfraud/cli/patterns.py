"""`graphfraud patterns`: what is looked for, against which chance, and what would excuse it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import graphfraud
from graphfraud.cli.options import JsonOption, Language, LanguageOption
from graphfraud.cli.output import language, table, tell
from graphfraud.cli.words import columns, say, word, word_list

if TYPE_CHECKING:
    from graphfraud import KnownPattern


def patterns(*, lang: LanguageOption = None, as_json: JsonOption = False) -> None:
    """List what is looked for, and the parameters.

    Each pattern says what it needs, and which innocent reasons would excuse what it finds.
    """
    known = graphfraud.known_patterns()
    document = {"patterns": [_document(pattern) for pattern in known]}
    tell(document, _text(known, language(lang)), as_json=as_json)


def _document(pattern: "KnownPattern") -> dict[str, Any]:
    parameters = [asdict(parameter) for parameter in pattern.parameters]
    return asdict(pattern.description) | {"parameters": parameters}


def _text(known: "tuple[KnownPattern, ...]", lang: Language) -> Iterator[object]:
    for pattern in known:
        about = pattern.description
        title = about.title_zh if lang is Language.ZH else about.title_en
        called = word(lang, "pattern", about.name)
        yield say(lang, "patterns.title", code=about.name, name=called, title=title)
        looks_for = about.looks_for_zh if lang is Language.ZH else about.looks_for
        yield say(lang, "patterns.looks_for", text=looks_for)
        yield say(lang, "patterns.chance", text=about.null_model)
        yield say(lang, "patterns.statistic", text=about.statistic)
        yield say(lang, "patterns.source", text=about.source)
        yield say(lang, "patterns.law", text=about.law)
        yield say(lang, "patterns.needs", text=word_list(lang, "table", about.needs))
        yield say(lang, "patterns.excuses", text=word_list(lang, "reason", about.excuses))
        rows = [(f"  {about.name}.{one.name}", one.default, one.why) for one in pattern.parameters]
        yield table(columns(lang, ("setting", "default", "why")), rows)
        yield ""
