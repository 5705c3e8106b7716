"""Takes delivered bytes to plain bytes: gunzip and UTF-16, streamed and limited."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from graphfraud.errors import FeedError
from loaders.limits import RATIO, RATIO_FROM_BYTES, UNPACKED_BYTES

CHUNK = 1 << 20
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def gunzip(source: Path, target: Path, file_name: str) -> Path:
    """Unpack `source` into `target`; FeedError where it is damaged or unpacks beyond measure."""
    packed, size = source.stat().st_size, 0
    try:
        with gzip.open(source) as stream, target.open("wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                _check_size(size, packed, file_name)
                out.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise FeedError(
            f"{file_name} is no whole gzip file: {error}.", hint="Deliver the file again."
        ) from error
    return target


def _check_size(size: int, packed: int, file_name: str) -> None:
    if size > UNPACKED_BYTES or (size > RATIO_FROM_BYTES and size > RATIO * packed):
        raise FeedError(
            f"{file_name} unpacks to more than {size:,} bytes from {packed:,}.",
            hint="Unpack it yourself, look at it, and load the plain file.",
        )


def utf16_codec(start: bytes) -> str:
    r"""Return the codec that a byte order mark names, "" where there is none.

    >>> utf16_codec(b"\xff\xfec\x00")
    'utf-16-le'
    """
    return _UTF16.get(start[:2], "")


def utf16_to_utf8(source: Path, target: Path, codec: str) -> Path:
    """Write a UTF-16 file as UTF-8; what does not decode stays invalid, for the scanner to reject.

    Half a surrogate pair becomes the three bytes that no UTF-8 reader accepts, half a character at
    the end of the file a byte that none accepts either.
    """
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    with target.open("wb") as out:
        for chunk in _chunks(source):
            out.write(decoder.decode(chunk).encode("utf-8", "surrogatepass"))
        if decoder.getstate()[0]:
            out.write(b"\xff")
    return target


def _chunks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        stream.seek(2)
        while chunk := stream.read(CHUNK):
            yield chunk
