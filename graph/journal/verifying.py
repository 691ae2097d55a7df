"""Whether the journal is what it was: every record is looked at, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.journal.records import ERASED, GENESIS, Change
from graph.journal.statements import HEAD, RECORDS, STRAYS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from graph.client import Graph

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the journal, and at which record; there is none where one is missing.

    What is numbered as no record can be is told with its number, or 0.
    """

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
    graph cannot rewrite that. What is recorded meanwhile is looked at for erasures alone.
    """
    walk = _Walk(graph, noted, progress)
    length, ends_with = await head(graph)
    flaw = await walk.to(length, ends_with)
    if flaw is None and walk.untold:  # Details that were erased meanwhile: the record comes later.
        flaw = await walk.to(*await head(graph))
    flaw = flaw or walk.flaw_of_details(length) or await _stray(graph, walk.sequence)
    if flaw is None and noted is not None and noted[0] > walk.sequence:
        flaw = Flaw(walk.sequence + 1, "is missing: a later one was noted")
    return Verified(records=walk.sequence, hash=walk.last, erased=walk.erased, flaw=flaw)


class _Walk:
    """What follows the journal, and how far it is."""

    def __init__(
        self, graph: Graph, noted: tuple[int, str] | None, progress: Callable[[int, int], None]
    ) -> None:
        self._graph = graph
        self._noted = noted
        self._progress = progress
        self.sequence = 0
        self.last = GENESIS
        self.erased = 0
        self.untold: dict[tuple[str, str], int] = {}
        """The first records without details of things of which no later one tells that they were erased."""

    async def to(self, length: int, ends_with: str) -> Flaw | None:
        """Follow the journal to a head; return the first flaw."""
        async for change in records(self._graph, after=self.sequence, until=length):
            self.sequence += 1
            if what := _wrong(change, self.sequence, self.last):
                return Flaw(self.sequence, what)
            self.last = change.hash
            self._look_at_details(change)
            if (
                self._noted is not None
                and self._noted[0] == self.sequence
                and self._noted[1] != self.last
            ):
                return Flaw(self.sequence, "is not the record whose hash was noted")
            self._progress(self.sequence, length)
        if self.sequence != length:
            return Flaw(self.sequence + 1, "is missing: the journal goes on after it")
        if self.last != ends_with:
            return Flaw(self.sequence, "is not the record that the journal's head names")
        return None

    def _look_at_details(self, change: Change) -> None:
        thing = change.type, change.subject
        if change.action == ERASED:
            self.untold.pop(thing, None)
        if change.details is None:
            self.erased += 1
            self.untold.setdefault(thing, change.sequence)

    def flaw_of_details(self, until: int) -> Flaw | None:
        """Return the first record up to one whose details are gone, and of which nothing tells an erasure."""
        gone = [sequence for sequence in self.untold.values() if sequence <= until]
        if not gone:
            return None
        return Flaw(min(gone), "has no details any more, and no record tells that they were erased")


async def _stray(graph: Graph, until: int) -> Flaw | None:
    """Return what is numbered as no record of the journal is."""
    unnumbered, highest = await graph.read("stray records", STRAYS, until=until)
    if unnumbered:
        return Flaw(0, "is none of the journal: its number is below 1, or it has none")
    newest, _ = await head(graph)
    if highest is not None and highest > newest:
        return Flaw(int(highest), "is none of the journal: its number is beyond the head's")
    return None


async def head(graph: Graph) -> tuple[int, str]:
    """Return the sequence and the hash of the last record, of an empty journal 0 and `GENESIS`."""
    sequence, digest = await graph.read("journal's head", HEAD, genesis=GENESIS)
    return sequence, digest


async def records(graph: Graph, *, after: int = 0, until: int) -> AsyncIterator[Change]:
    """Yield the records of the journal after one, in order, as they are stored."""
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
