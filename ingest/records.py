"""What every reader yields: one record of a file, as facts or as refusals."""

from __future__ import annotations

import errno
import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, cast

from graph.facts import Fact
from ingest.reports import AnyRule, Refused, Rule

_CHUNK: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"


@dataclass(slots=True, kw_only=True)
class Record:
    """One record: its line, what it says, what it says that nobody maps, or why it is refused.

    What is `noted` is wrong, and kept as it stands. `fatal` ends the file: nothing after it can be told
    apart.
    """

    line: int
    facts: list[Fact] = field(default_factory=list[Fact])
    unmapped: Counter[str] = field(default_factory=Counter[str])
    refused: list[tuple[int, AnyRule, str]] = field(default_factory=list[tuple[int, AnyRule, str]])
    noted: list[tuple[int, AnyRule, str]] = field(default_factory=list[tuple[int, AnyRule, str]])
    fatal: bool = False


def opened(path: Path) -> BinaryIO:
    """Open a file for reading, through gzip where its first bytes say so."""
    file = path.open("rb")
    if file.peek(2)[:2] == _GZIP:
        file.close()
        return cast("BinaryIO", gzip.open(path, "rb"))
    return file


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield what the file holds; raise Refused where it is no longer readable."""
    while True:
        try:
            part = file.read(_CHUNK)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise Refused(Rule.GZIP_CORRUPT, f"The compressed file is damaged: {error}.") from error
        except OSError as error:
            reason = error.strerror or error
            raise Refused(Rule.FILE_UNREADABLE, f"The file cannot be read: {reason}.") from error
        if not part:
            return
        yield part


def digest(path: Path) -> str:
    """Return the digest of a file's bytes as they stand on disk.

    A pipe is refused, by OSError: it would be waited for, and it could not be read again.
    """
    if not path.is_dir() and path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no regular file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
