"""Whether the journal is what it was: every record is looked at, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.journal.records import GENESIS, Change
from graph.journal.statements import HEAD, RECORDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from graph.client import Graph

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the journal, and at which record; there is none where one is missing."""

    sequence: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many records hold, the last one's hash, how many are erased, and the first flaw if there is one."""

    records: int
    hash: str
    erased: int = 0
    flaw: Flaw | None = None


async def verify(
    graph: Graph,
    *,
    noted: tuple[int, str] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Verified:
    """Return what becomes of following the journal from its beginning to where its head is now.

    `noted` is the sequence and hash of a head that was noted elsewhere: whoever can rewrite all of the
    graph cannot rewrite that. What is recorded meanwhile is not looked at.
    """
    length, ends_with = await head(graph)
    sequence, last, erased = 0, GENESIS, 0

    def found(flaw: Flaw | None = None) -> Verified:
        return Verified(records=sequence, hash=last, erased=erased, flaw=flaw)

    async for change in records(graph, until=length):
        sequence += 1
        if what := _wrong(change, sequence, last):
            return found(Flaw(sequence, what))
        last = change.hash
        erased += change.details is None
        if noted is not None and noted[0] == sequence and noted[1] != last:
            return found(Flaw(sequence, "is not the record whose hash was noted"))
        progress(sequence, length)
    if sequence != length:
        return found(Flaw(sequence + 1, "is missing: the journal goes on after it"))
    if last != ends_with:
        return found(Flaw(sequence, "is not the record that the journal's head names"))
    if noted is not None and noted[0] > sequence:
        return found(Flaw(sequence + 1, "is missing: a later one was noted"))
    return found()


async def head(graph: Graph) -> tuple[int, str]:
    """Return the sequence and the hash of the last record, of an empty journal 0 and `GENESIS`."""
    sequence, digest = await graph.read("journal's head", HEAD, genesis=GENESIS)
    return sequence, digest


async def records(graph: Graph, *, until: int) -> AsyncIterator[Change]:
    """Yield the records of the journal, in order, as they are stored."""
    after = 0
    while after < until:
        end = min(after + _PAGE, until)
        for row in await graph.read("records", RECORDS, after=after, until=end):
            yield Change(*row)
        after = end


def _wrong(change: Change, sequence: int, last: str) -> str:
    """Return what is wrong with a record, or an empty text."""
    if change.sequence != sequence:
        return "is missing" if change.sequence > sequence else "stands there twice"
    if change.previous != last:
        return "does not follow the one before it"
    if change.hash != change.hashed():
        return "was changed"
    if not change.is_whole():
        return "has details that were changed"
    return ""
