"""A file's lines with their numbers, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from ingest.records import chunks
from standards.cwr.reader import MAX_RECORD

# What a line longer than any record is cut to; the reader refuses it by its length.
_KEPT: Final = MAX_RECORD + 1


def numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines; raise Refused where the file is no longer readable."""
    number = 0
    rest = b""
    for part in chunks(file):
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            number += 1
            yield number, line[:_KEPT]
        # The rest of a line without an end is not kept whole.
        rest = rest[:_KEPT]
    if rest:
        yield number + 1, rest
