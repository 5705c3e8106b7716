"""What the app says, in Chinese and English: one catalogue a language, the same keys in both."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = {"zh": "中文", "en": "English"}
DEFAULT_LANGUAGE = "zh"


@dataclass(frozen=True)
class Words:
    """One language's catalogue: `words("leads.heading")` is a text ready to show."""

    language: str
    texts: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `section.name` with its {values} filled in; KeyError if unknown.

        >>> catalogue("en")("details.tie", other="P7", observed=42, expected="0.3")
        'with P7: 42 joint visits; by chance 0.3 expected'
        """
        return self.texts[key].format(**values)

    def name(self, section: str, code: str) -> str:
        """Return the word for a code such as a pattern's name; an unknown code stands for itself.

        >>> catalogue("zh").name("status", "lead"), catalogue("zh").name("status", "new")
        ('线索', 'new')
        """
        return self.texts.get(f"{section}.{code}", code)

    def names(self, section: str, codes: str) -> str:
        """Return the words for the codes in `codes`, which semicolons part, as in result files.

        >>> catalogue("en").names("reason", "household;care_home")
        'one household, care home'
        """
        return self("list.comma").join(self.name(section, code) for code in codes.split(";"))


@cache
def catalogue(language: str) -> Words:
    """Read the catalogue of `language`; an unknown language gets the default one."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    text = files("graphfraud.ui.words").joinpath(f"{known}.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)
    texts = {f"{s}.{key}": text for s, section in sections.items() for key, text in section.items()}
    return Words(known, texts)
