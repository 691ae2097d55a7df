"""What is changed from now on, for whoever listens: one reader a process, over the journal as outbox.

Changes by this process are looked for at once, those by others every so often, and only while somebody
listens. Listeners keep their place alone: the newest changes are held once for all of them, and who is
behind those reads from the graph at its own pace.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

import structlog

from graph.changes import ChangeRow, changes_between, newest_change
from graph.errors import GraphError
from resolvers.errors import CursorRefused, TooSlow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.client import Graph

Event = TypeVar("Event")

BATCH: Final = 200
HELD: Final = 1_000
"""How many of the newest changes are held for all listeners."""
MOST_BEHIND: Final = 10_000
"""Who was up to date once, and is so many changes behind, is let go."""
SOON_SECONDS: Final = 0.02
LATER_SECONDS: Final = 0.1
RETRY_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 120.0
"""How long one who is told nothing is not asked for whether it may listen still."""
GAP_SECONDS: Final = 5.0
"""How long a change is waited for that is missing before others: only who tampers can remove one."""

_log = structlog.stdlib.get_logger("content_graph.feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody listens for: changes of things of these types, and of these things, where told.

    `told` returns the types that they may be told of now, and raises where they may not listen any more.
    """

    types: frozenset[str] | None = None
    things: frozenset[tuple[str, str]] | None = None
    told: Callable[[], Awaitable[Collection[str]]] | None = None

    def has(self, change: ChangeRow) -> bool:
        """Say whether a change is wanted."""
        if self.types is not None and change.type not in self.types:
            return False
        return self.things is None or (change.type, change.thing_id) in self.things


class Feed:
    """The changes of one graph as they are committed; one per process, for any number of listeners."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.listening = 0
        """How many listen."""
        self.position = 0
        """The newest change that is known, while somebody listens."""
        self._held: list[ChangeRow] = []
        self._moved = asyncio.Event()
        self._woken = asyncio.Event()
        self._failure: Exception | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def reading(self) -> bool:
        """Say whether the outbox is being read."""
        return self._task is not None

    def wake(self) -> None:
        """Look for changes now."""
        self._woken.set()

    async def listen(
        self, wanted: Wanted, make: Callable[[ChangeRow], Event], after: int | None = None
    ) -> Listener[Event]:
        """Return what is changed after a change, or from now on, each made by `make`.

        Whoever asks closes it. Raises CursorRefused for a change that there is not yet.
        """
        newest = await newest_change(self.graph)
        if after is not None and after > newest:
            raise CursorRefused("after", "there is no such change yet")
        if self._task is None:
            self.position, self._held, self._failure = newest, [], None
            self._task = asyncio.create_task(self._read())
        self.listening += 1
        return Listener(self, wanted, make, newest if after is None else after)

    def leave(self) -> None:
        """Take one leave; with the last, reading ends."""
        self.listening -= 1
        if self.listening == 0 and self._task is not None:
            self._task.cancel()
            self._task = None
            self._held = []

    async def following(self, after: int) -> Sequence[ChangeRow]:
        """Return some changes that follow one, once there are any; never none."""
        while after >= self.position:
            if self._failure is not None:
                raise self._failure
            await self._moved.wait()
        first = self.position - len(self._held) + 1
        if self._held and after + 1 >= first:
            return self._held[after + 1 - first :][:BATCH]
        return await changes_between(self.graph, after, min(after + BATCH, self.position))

    async def _read(self) -> None:
        wait, seen = SOON_SECONDS, time.monotonic()
        while True:
            self._woken.clear()
            try:
                rows = await changes_between(self.graph, self.position, self.position + BATCH)
                if not rows and time.monotonic() - seen > GAP_SECONDS:
                    seen = time.monotonic()
                    await self._pass_gap()
            except GraphError as error:
                _log.warning("changes cannot be read; trying on", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            except Exception as error:  # noqa: BLE001 - told to all who listen.
                self._failure = error
                self._task = None
                self._move()
                return
            if rows:
                self._held = [*self._held, *rows][-HELD:]
                self.position = rows[-1].sequence
                wait, seen = SOON_SECONDS, time.monotonic()
                self._move()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            wait = min(wait * 1.5, LATER_SECONDS)

    async def _pass_gap(self) -> None:
        if await newest_change(self.graph) <= self.position:
            return
        if await changes_between(self.graph, self.position, self.position + 1):
            return  # It was committed since it was looked for.
        self.position += 1
        self._held = []
        _log.error("a change is missing from the journal", sequence=self.position)
        self._move()

    def _move(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


class Listener(Generic[Event]):
    """One who listens: an asynchronous iterator of what is wanted, in the order of commits.

    Raises TooSlow for one that is let go, and what refuses one that may not listen any more: that is looked
    at before each change that is told, and every few minutes.
    """

    def __init__(
        self, feed: Feed, wanted: Wanted, make: Callable[[ChangeRow], Event], after: int
    ) -> None:
        self._feed = feed
        self._wanted = wanted
        self._make = make
        self._after = after
        self._ready: list[ChangeRow] = []
        self._current = after >= feed.position
        self._left = False
        self._looked = time.monotonic()

    def __aiter__(self) -> Self:
        """Iterate over itself."""
        return self

    async def __anext__(self) -> Event:
        """Return the next change, once it is there."""
        while not self._left:
            if self._ready:
                row = self._ready.pop()
                if await self._may_be_told(row.type):
                    return self._make(row)
                continue
            behind = self._feed.position - self._after
            self._current = self._current or behind <= 0
            if self._current and behind > MOST_BEHIND:
                raise TooSlow(
                    "You take changes more slowly than they come. Go on after the last that you have."
                )
            rows = await self._following()
            if rows is None:
                await self._may_be_told("")
                continue
            # A change that is missing was removed by somebody: there is nothing to wait for.
            self._after = rows[-1].sequence if rows else self._after + 1
            self._ready = [row for row in rows if self._wanted.has(row)][::-1]
        raise StopAsyncIteration

    async def _following(self) -> Sequence[ChangeRow] | None:
        """Return what follows; None where it is time to look whether they may listen still."""
        if self._wanted.told is None:
            return await self._feed.following(self._after)
        look = asyncio.timeout(max(self._looked + LOOK_SECONDS - time.monotonic(), 0.0))
        try:
            async with look:
                return await self._feed.following(self._after)
        except TimeoutError:
            if not look.expired():
                raise
            return None

    async def _may_be_told(self, type_: str) -> bool:
        """Say whether they may be told of things of a type now; raise what refuses them all."""
        if self._wanted.told is None:
            return True
        told = await self._wanted.told()
        self._looked = time.monotonic()
        return type_ in told

    async def aclose(self) -> None:
        """Take leave."""
        if not self._left:
            self._left = True
            self._feed.leave()
