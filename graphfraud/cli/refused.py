"""What the command line itself refuses: told in the reader's language, English for programs."""

from graphfraud.cli.options import Language
from graphfraud.cli.words import say
from graphfraud.errors import UsageError


class RefusedError(UsageError):
    """A command that cannot be understood; its texts are `refused.KEY` and `refused.KEY_hint`."""

    def __init__(self, key: str, /, **values: object) -> None:
        """Keep the key and its values, so that any language can tell them."""
        self._key, self._values = key, values
        message, hint = self.told(Language.EN)
        super().__init__(message, hint=hint)

    def told(self, lang: Language) -> tuple[str, str]:
        """Return what is wrong and what next.

        >>> RefusedError("setting", setting="a").told(Language.ZH)
        ('--set a 不是 KEY=VALUE 的写法。', '见 graphfraud patterns')
        """
        key, values = f"refused.{self._key}", self._values
        return say(lang, key, **values), say(lang, f"{key}_hint", **values)
