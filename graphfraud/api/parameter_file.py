"""Reads the parameters of a run from a file: TOML, JSON or YAML, `pattern.name` = value."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graphfraud.errors import UsageError

_SHAPE = "Write pattern.name = value, or name = value under [pattern]; see graphfraud patterns."


def read_parameters(path: str | Path) -> dict[str, str]:
    r"""Return `pattern.name` -> value as text, as Workspace.detect takes them.

    The file's suffix says what it is: .toml, .json, .yaml or .yml. UsageError where it is missing,
    cannot be read, names a parameter twice, or holds anything but numbers under patterns.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "strict.toml"
    ...     _ = file.write_text("[co_visit]\nring_level = 0.001", encoding="utf-8")
    ...     read_parameters(file)
    {'co_visit.ring_level': '0.001'}
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise UsageError(f"{file} is no parameter file.", hint=f"Known are {', '.join(_READERS)}.")
    try:
        found = reader(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", hint=_SHAPE) from error
    except ValueError as error:  # TOML's, JSON's and the decoder's errors are such
        raise UsageError(f"{file} cannot be read: {error}.", hint=_SHAPE) from error
    if not isinstance(found, Mapping):
        raise UsageError(f"{file} holds no parameters.", hint=_SHAPE)
    return _flat(file, found)


def _flat(file: Path, found: Mapping[str, Any]) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, value in _leaves(found):
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise UsageError(f"{file}: {key} is no number: {value!r}.", hint=_SHAPE)
        if key in values:
            raise UsageError(f"{file}: {key} is given twice.", hint="Keep one of them.")
        values[key] = str(value)
    return values


def _leaves(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield `a.b` and its value for {a: {b: value}} and for {"a.b": value}."""
    for name, value in found.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{key}.")
        else:
            yield key, value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; ValueError where it names a thing twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _json(text: str) -> object:
    return json.loads(text, object_pairs_hook=_once)


def _yaml(text: str) -> object:
    import yaml  # noqa: PLC0415  only where such a file is given

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error


_READERS: Mapping[str, Callable[[str], object]] = {
    ".toml": tomllib.loads,
    ".json": _json,
    ".yaml": _yaml,
    ".yml": _yaml,
}
