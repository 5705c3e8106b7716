"""`graphfraud patterns`: what is looked for, against which chance, and what would excuse it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import graphfraud
from graphfraud.cli.options import JsonOption, Language, LanguageOption
from graphfraud.cli.output import language, table, tell

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
        yield f"{about.name}: {about.title_zh if lang is Language.ZH else about.title_en}"
        yield f"  looks for: {about.looks_for}"
        yield f"  chance: {about.null_model}"
        yield f"  needs: {', '.join(about.needs)}"
        yield f"  excused by: {', '.join(about.excuses)}"
        rows = [(f"{about.name}.{one.name}", one.default, one.why) for one in pattern.parameters]
        yield table(("  --set", "default", "why"), [(f"  {key}", *rest) for key, *rest in rows])
        yield ""
