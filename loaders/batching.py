"""Batches and the request's cache: aiodataloader, subclassed once.

Ours differs from the library's in what was measured to go wrong with it: a waiter that is cancelled
leaves its key sound for the others, a batch that is cancelled fails instead of hanging its waiters,
no more reads run at once than the driver has connections to spare, and a batch waits until the
operation has stopped asking: fields of one read are reached some turns of the event loop apart.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from aiodataloader import DataLoader, Loader, dispatch_queue
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.trace import Link, StatusCode

from graph.errors import GraphError
from graph.listings import ListArguments, Listing, Slice
from graph.paging import count_rows, list_rows

if TYPE_CHECKING:
    from graph.client import Graph

Key = TypeVar("Key")
Value = TypeVar("Value")
Row = TypeVar("Row")
Made = TypeVar("Made")
Filters = tuple[tuple[str, Any], ...]

BATCH_SIZE = 1_000
CONCURRENT_READS = 16
QUIET_TURNS = 5
"""Turns without a load after which a batch sets off: a level of nested lists takes two to four."""

_tracer = trace.get_tracer("content_graph.loaders")


class BatchCancelled(GraphError):
    """The read that a batch stood for was cancelled before it had an answer."""

    code = "CANCELLED"


class RequestLoaders:
    """What every loader of one request shares: the graph, the gate and the operation's context.

    Make one per request, inside the running loop and the operation's span.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.gate = asyncio.Semaphore(CONCURRENT_READS)
        self.trace_context = otel_context.get_current()
        self._loop = asyncio.get_running_loop()
        self._loads = 0
        self._waiting: list[DataLoader[Any, Any]] = []
        self._running: set[asyncio.Task[Any]] = set()

    @contextmanager
    def running(self) -> Generator[None]:
        """Hold the current task, a batch, as one that ends with the request."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A batch runs in a task.")
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    def close(self) -> None:
        """End what still runs: a request that was given up leaves no read behind."""
        for task in self._running:
            task.cancel()

    def loading(self) -> None:
        """Take note that the operation is still asking."""
        self._loads += 1

    def when_quiet(self, loader: DataLoader[Any, Any]) -> None:
        """Send the loader's batch off once nothing of this request has been loaded for a while."""
        self._waiting.append(loader)
        if len(self._waiting) == 1:
            self._loop.call_soon(self._turn, self._loads, QUIET_TURNS)

    def _turn(self, loads: int, turns: int) -> None:
        if loads != self._loads:
            turns = QUIET_TURNS
        if turns:
            self._loop.call_soon(self._turn, self._loads, turns - 1)
            return
        waiting, self._waiting = self._waiting, []
        for loader in waiting:
            dispatch_queue(loader)


class BatchLoader(DataLoader[Key, Value | None], Generic[Key, Value]):
    """Loads by key, in batches: `fetch` gets distinct keys and returns a mapping; a gap is None.

    `fetch` passes the request's gate for each read.
    """

    def __init__(
        self,
        name: str,
        request: RequestLoaders,
        fetch: Callable[[list[Key]], Awaitable[Mapping[Key, Value]]],
    ) -> None:
        super().__init__(max_batch_size=BATCH_SIZE)
        self._name = name
        self._request = request
        self._fetch = fetch
        self._loads = 0
        self._waiting: dict[int, Link] = {}

    def load(self, key: Key) -> asyncio.Future[Value | None]:
        """Return a future of the key's value; cancelling it harms no other waiter."""
        return asyncio.shield(self._load(key))

    def _load(self, key: Key) -> asyncio.Future[Value | None]:
        self._loads += 1
        self._request.loading()
        waiter = trace.get_current_span().get_span_context()
        if waiter.is_valid and waiter.span_id not in self._waiting:
            self._waiting[waiter.span_id] = Link(waiter)
        return super().load(key)

    async def load_all(self, keys: Iterable[Key]) -> list[Value | None]:
        """Return the keys' values in their order; being cancelled harms no other waiter."""
        values = asyncio.gather(*map(self._load, keys))
        values.add_done_callback(_seen)
        return await asyncio.shield(values)

    def do_resolve_reject(self, key: Key, future: asyncio.Future[Value | None]) -> None:
        """Queue the key; the first of a batch has it sent off when the operation is quiet."""
        future.add_done_callback(_seen)
        self._queue.append(Loader(key=key, future=future))
        if len(self._queue) == 1:
            self._request.when_quiet(self)

    async def batch_load_fn(self, keys: list[Key]) -> list[Value | None]:  # pyright: ignore[reportIncompatibleMethodOverride] - the library declares an attribute.
        """Fetch one batch and put its values in the keys' order."""
        loads, self._loads = self._loads, 0
        waiting, self._waiting = self._waiting, {}
        with _tracer.start_as_current_span(
            f"load {self._name}",
            context=self._request.trace_context,
            links=list(waiting.values()),
            attributes={
                "content_graph.batch.keys": len(keys),
                "content_graph.batch.loads": max(loads, len(keys)),
                "content_graph.batch.hit_ratio": 1 - len(keys) / max(loads, len(keys), 1),
            },
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                with self._request.running():
                    found = await self._fetch(keys)
            except asyncio.CancelledError as error:
                span.set_status(StatusCode.ERROR, BatchCancelled.code)
                raise BatchCancelled("The read was cancelled; try again.") from error
            except Exception as error:
                span.set_status(StatusCode.ERROR, getattr(error, "code", type(error).__name__))
                raise
        return [found.get(key) for key in keys]


def _seen(future: asyncio.Future[Any]) -> None:
    """Look at a failure that no waiter may be left to look at: asyncio logs those as lost."""
    if not future.cancelled():
        future.exception()


@dataclass(frozen=True, slots=True)
class _ListKey:
    parent: str
    arguments: ListArguments


@dataclass(frozen=True, slots=True)
class _CountKey:
    parent: str
    filters: Filters


class ListLoader(Generic[Row]):
    """Loads slices of one list, and its totals, for many parents at once."""

    def __init__(self, request: RequestLoaders, listing: Listing[Row]) -> None:
        self._request = request
        self.listing = listing
        self._slices: BatchLoader[_ListKey, Slice[Row]] | None = None
        self._totals: BatchLoader[_CountKey, int] | None = None

    async def load(self, parent: str, arguments: ListArguments) -> Slice[Row]:
        """Return the parent's slice; parents that ask with equal arguments share one read."""
        if self._slices is None:
            self._slices = BatchLoader(self.listing.summary, self._request, self._fetch_slices)
        found = await self._slices.load(_ListKey(parent, arguments))
        return found if found is not None else Slice((), (), has_next=False, has_previous=False)

    async def count(self, parent: str, filters: Filters) -> int:
        """Return how many rows the parent's list has under the filters."""
        if self._totals is None:
            name = f"{self.listing.summary} total"
            self._totals = BatchLoader(name, self._request, self._fetch_totals)
        return await self._totals.load(_CountKey(parent, filters)) or 0

    async def _fetch_slices(self, keys: list[_ListKey]) -> dict[_ListKey, Slice[Row]]:
        parents: defaultdict[ListArguments, list[str]] = defaultdict(list)
        for key in keys:
            parents[key.arguments].append(key.parent)

        async def read(arguments: ListArguments, ids: list[str]) -> dict[str, Slice[Row]]:
            async with self._request.gate:
                return await list_rows(self._request.graph, self.listing, ids, arguments)

        found = await asyncio.gather(*(read(*each) for each in parents.items()))
        return {
            _ListKey(parent, arguments): slice_
            for arguments, slices in zip(parents, found, strict=True)
            for parent, slice_ in slices.items()
        }

    async def _fetch_totals(self, keys: list[_CountKey]) -> dict[_CountKey, int]:
        parents: defaultdict[Filters, list[str]] = defaultdict(list)
        for key in keys:
            parents[key.filters].append(key.parent)

        async def read(filters: Filters, ids: list[str]) -> dict[str, int]:
            async with self._request.gate:
                return await count_rows(self._request.graph, self.listing, ids, filters)

        found = await asyncio.gather(*(read(*each) for each in parents.items()))
        return {
            _CountKey(parent, filters): total
            for filters, totals in zip(parents, found, strict=True)
            for parent, total in totals.items()
        }


class PerRequest(Generic[Made]):
    """A loader declared on a class and made for a request when it is first asked for."""

    def __init__(self, make: Callable[[RequestLoaders], Made]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> PerRequest[Made]: ...
    @overload
    def __get__(self, instance: DomainLoaders, owner: type) -> Made: ...
    def __get__(self, instance: DomainLoaders | None, owner: type) -> PerRequest[Made] | Made:
        if instance is None:
            return self
        made = self._make(instance.request)
        instance.__dict__[self._name] = made
        return made


class DomainLoaders:
    """The loaders of one domain in one request."""

    def __init__(self, request: RequestLoaders) -> None:
        self.request = request


def one(
    name: str, read: Callable[[Graph, list[str]], Awaitable[Mapping[str, Row]]]
) -> PerRequest[BatchLoader[str, Row]]:
    """Declare a loader of one row per id over a read that returns a mapping keyed by id."""

    def make(request: RequestLoaders) -> BatchLoader[str, Row]:
        async def fetch(keys: list[str]) -> Mapping[str, Row]:
            async with request.gate:
                return await read(request.graph, keys)

        return BatchLoader(name, request, fetch)

    return PerRequest(make)
