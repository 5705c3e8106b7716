"""What the command line says in Chinese and in English: the texts are in words.toml.

The documents of --json and the texts of --help are the same in every language.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from graphfraud.cli.options import Language
from graphfraud.model.reasons import REASONS

Texts = Mapping[str, Mapping[str, str]]


class _Count(int):
    """A whole number inside a text: `{n}` has thousands apart, `{n:lead}` its noun behind it."""

    def __format__(self, noun: str) -> str:
        """Return the number, with its noun where one is given."""
        return counted(self, noun) if noun else f"{int(self):,}"


def counted(number: int, thing: str) -> str:
    """Write a number with its English noun.

    >>> counted(1, "lead"), counted(2000, "lead")
    ('1 lead', '2,000 leads')
    """
    return f"{int(number):,} {thing}{'' if number == 1 else 's'}"


def say(lang: Language, key: str, /, **values: object) -> str:
    """Return the text of `section.name` with its {values} filled in; KeyError if unknown.

    >>> say(Language.EN, "status.counts", path="case", feeds=1, snapshots=2, runs=1000)
    'case: 1 feed, 2 snapshots, 1,000 runs'
    """
    text = catalogue()[key][lang]
    return text.format(**{k: _Count(v) if isinstance(v, int) else v for k, v in values.items()})


def word(lang: Language, section: str, code: object) -> str:
    """Return the word for a code such as a pattern's name; an unknown code stands for itself.

    >>> word(Language.ZH, "state", "lead"), word(Language.ZH, "state", "new")
    ('线索', 'new')
    """
    known = catalogue().get(f"{section}.{code}")
    return known[lang] if known else str(code)


def word_list(lang: Language, section: str, codes: Iterable[str]) -> str:
    """Return the words for several codes as one list.

    >>> word_list(Language.ZH, "reason", ["household", "care_home"])
    '同一家庭、养老机构'
    """
    return say(lang, "list.comma").join(word(lang, section, code) for code in codes if code)


def columns(lang: Language, codes: Iterable[str]) -> list[str]:
    """Return the headings of a table's columns; a column without a code has none."""
    return [word(lang, "column", code) for code in codes]


def stage(lang: Language, told: str) -> str:
    """Return the words for a stage of the work, whose first word may have a file behind it.

    >>> stage(Language.ZH, "check files"), stage(Language.ZH, "load a b.csv")
    ('核对文件', '装入 a b.csv')
    """
    verb, space, thing = told.partition(" ")
    whole = word(lang, "stage", told)
    return whole if whole != told else f"{word(lang, 'stage', verb)}{space}{thing}"


def reason_sentence(code: str, lang: Language) -> str:
    """Return what a reject reason means; nothing for a code this version does not know."""
    reason = REASONS.get(code)
    if reason is None:
        return ""
    return reason.zh if lang is Language.ZH else reason.en


@cache
def catalogue() -> Texts:
    """Return every text by `section.name`, then by language, as words.toml has them."""
    text = files("graphfraud.cli").joinpath("words.toml").read_text(encoding="utf-8")
    return read_texts(text)


def read_texts(toml: str) -> Texts:
    """Read texts by `section.name`; ValueError where one is not there in every language."""
    sections = tomllib.loads(toml)
    texts = {f"{s}.{k}": text for s, section in sections.items() for k, text in section.items()}
    for key, text in texts.items():
        if set(text) != set(Language) or not all(text.values()):
            raise ValueError(f"words.toml: {key} is not there in every language")
    return texts
