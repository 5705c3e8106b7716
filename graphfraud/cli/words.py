"""Sentences in the reader's language for codes that the loaders give."""

from graphfraud.cli.options import Language
from graphfraud.model.reasons import REASONS


def reason_sentence(code: str, lang: Language) -> str:
    """Return what a reject reason means; nothing for a code this version does not know."""
    reason = REASONS.get(code)
    if reason is None:
        return ""
    return reason.zh if lang is Language.ZH else reason.en
