"""Batches: what they hold, how many run, and what becomes of those who wait when one goes wrong."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graph.client import Graph
from graph.engines import Dialect, Endpoint
from loaders import batching
from loaders.batching import (
    BATCH_SIZE,
    CONCURRENT_READS,
    QUIET_TURNS,
    BatchCancelled,
    BatchLoader,
    RequestLoaders,
    one,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loaders.batching import DomainLoaders

NOWHERE = Endpoint(uri="", user="", password="", database="", dialect=Dialect.NEO4J)
UNUSED: Any = None


@pytest.fixture
async def request_loaders() -> RequestLoaders:
    """Return one request's, over a graph that nothing here reads."""
    return RequestLoaders(Graph(UNUSED, NOWHERE))


class Fetched:
    """Answers every key with itself, doubled, and remembers the batches; waits where told."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.going = asyncio.Event()
        self.going.set()
        self.error: Exception | None = None

    async def __call__(self, keys: list[int]) -> Mapping[int, int]:
        """Return the doubles of what is even; odd keys are gaps."""
        self.batches.append(keys)
        await self.going.wait()
        if self.error:
            raise self.error
        return {key: 2 * key for key in keys if key % 2 == 0}


async def turns(count: int) -> None:
    """Let the event loop turn so often."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_keys_of_a_level_make_one_batch(request_loaders: RequestLoaders) -> None:
    """However far apart in turns they come, short of quiet; each key once, gaps as None."""
    fetched = Fetched()
    loader = BatchLoader("doubles", request_loaders, fetched)

    async def late(key: int, turn: int) -> int | None:
        await turns(turn)
        return await loader.load(key)

    keys = [4, 1, 4, 6, 2, 4]
    found = await asyncio.gather(*(late(key, at * QUIET_TURNS) for at, key in enumerate(keys)))
    assert found == [8, None, 8, 12, 4, 8]
    assert fetched.batches == [[4, 1, 6, 2]]


async def test_a_load_of_another_loader_keeps_a_batch_open(request_loaders: RequestLoaders) -> None:
    """While the operation still asks for anything, more keys may come."""
    fetched, others = Fetched(), Fetched()
    loader = BatchLoader("doubles", request_loaders, fetched)
    other = BatchLoader("others", request_loaders, others)
    first = loader.load(2)
    other_loads: list[asyncio.Future[int | None]] = []
    for key in range(4):
        await turns(QUIET_TURNS - 1)
        other_loads.append(other.load(key))
    last = loader.load(4)
    assert await asyncio.gather(first, last) == [4, 8]
    assert await asyncio.gather(*other_loads) == [0, None, 4, None]
    assert fetched.batches == [[2, 4]]
    assert others.batches == [[0, 1, 2, 3]]


async def test_what_comes_after_quiet_is_a_batch_of_its_own(
    request_loaders: RequestLoaders,
) -> None:
    """A running batch is not held up, and what it had is not asked again."""
    fetched = Fetched()
    loader = BatchLoader("doubles", request_loaders, fetched)
    assert await loader.load(2) == 4
    assert await asyncio.gather(loader.load(2), loader.load(4)) == [4, 8]
    assert fetched.batches == [[2], [4]]


async def test_a_batch_has_a_largest_size(request_loaders: RequestLoaders) -> None:
    """More keys than one read should carry are several reads."""
    fetched = Fetched()
    loader = BatchLoader("doubles", request_loaders, fetched)
    count = 2 * BATCH_SIZE + 1
    found = await asyncio.gather(*(loader.load(2 * key) for key in range(count)))
    assert found == [4 * key for key in range(count)]
    assert [len(batch) for batch in fetched.batches] == [BATCH_SIZE, BATCH_SIZE, 1]


async def test_a_waiter_that_is_cancelled_harms_no_other(request_loaders: RequestLoaders) -> None:
    """Those who wait for the same key get it, and so does who asks later."""
    fetched = Fetched()
    fetched.going.clear()
    loader = BatchLoader("doubles", request_loaders, fetched)

    async def load() -> int | None:
        return await loader.load(2)

    impatient, patient = asyncio.create_task(load()), asyncio.create_task(load())
    await turns(3 * QUIET_TURNS)
    assert fetched.batches == [[2]]
    impatient.cancel()
    await turns(1)
    fetched.going.set()
    assert await patient == 4
    assert await loader.load(2) == 4
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert fetched.batches == [[2]]


async def test_a_waiter_cancelled_before_the_batch_sets_off_harms_no_other(
    request_loaders: RequestLoaders,
) -> None:
    """The key stays in the batch."""
    fetched = Fetched()
    loader = BatchLoader("doubles", request_loaders, fetched)
    given_up = loader.load(2)
    given_up.cancel()
    assert await asyncio.gather(loader.load(2), loader.load(4)) == [4, 8]
    assert fetched.batches == [[2, 4]]


async def test_who_loads_many_at_once_and_gives_up_harms_no_other(
    request_loaders: RequestLoaders,
) -> None:
    """The batch goes on, and a failure that nobody is left to see is not logged as lost."""
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    fetched = Fetched()
    fetched.going.clear()
    loader = BatchLoader("doubles", request_loaders, fetched)
    many = asyncio.create_task(loader.load_all([2, 4, 2]))
    await turns(3 * QUIET_TURNS)
    patient = loader.load(4)
    many.cancel()
    await turns(1)
    fetched.going.set()
    assert await patient == 8
    assert await loader.load_all([4, 2, 2]) == [8, 4, 4]
    assert fetched.batches == [[2, 4]]

    fetched.going.clear()
    fetched.error = ConnectionError("gone")
    failing = asyncio.create_task(loader.load_all([6, 8]))
    await turns(3 * QUIET_TURNS)
    failing.cancel()
    await turns(1)
    fetched.going.set()
    await turns(3 * QUIET_TURNS)
    del failing, many
    gc.collect()
    assert lost == []


async def test_a_cancelled_batch_fails_and_hangs_nobody(request_loaders: RequestLoaders) -> None:
    """Its waiters are told, and a later load asks anew."""
    fetched = Fetched()
    running: list[asyncio.Task[Any]] = []

    async def fetch(keys: list[int]) -> Mapping[int, int]:
        task = asyncio.current_task()
        assert task
        running.append(task)
        return await fetched(keys)

    fetched.going.clear()
    loader = BatchLoader("doubles", request_loaders, fetch)
    loads = [loader.load(2), loader.load(4)]
    await turns(3 * QUIET_TURNS)
    running[0].cancel()
    async with asyncio.timeout(5):
        results = await asyncio.gather(*loads, return_exceptions=True)
    assert [type(result) for result in results] == [BatchCancelled, BatchCancelled]
    fetched.going.set()
    assert await loader.load(2) == 4


async def test_a_failed_batch_fails_its_waiters_and_is_not_remembered(
    request_loaders: RequestLoaders,
) -> None:
    """What went wrong once may go right the next time."""
    fetched = Fetched()
    fetched.error = ConnectionError("gone")
    loader = BatchLoader("doubles", request_loaders, fetched)
    results = await asyncio.gather(loader.load(2), loader.load(4), return_exceptions=True)
    assert results == [fetched.error, fetched.error]
    fetched.error = None
    assert await loader.load(2) == 4


async def test_no_more_reads_run_at_once_than_the_gate_lets_through(
    request_loaders: RequestLoaders,
) -> None:
    """However many batches are ready; all of them come through."""
    now, most = 0, 0
    done = asyncio.Event()

    async def read(_: Graph, keys: list[str]) -> Mapping[str, str]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await done.wait()
        now -= 1
        return {key: key for key in keys}

    domain: DomainLoaders = batching.DomainLoaders(request_loaders)
    loaders = [one(f"loader {at}", read).__get__(domain, type(domain)) for at in range(40)]
    loads = [loader.load("x") for loader in loaders]
    await turns(10 * QUIET_TURNS)
    assert now == CONCURRENT_READS
    done.set()
    assert await asyncio.gather(*loads) == ["x"] * 40
    assert most == CONCURRENT_READS


async def test_a_batch_links_to_all_that_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its span is a child of the operation's, linked to each field once, and counts its keys."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("test")
    monkeypatch.setattr(batching, "_tracer", tracer)
    with tracer.start_as_current_span("operation"):
        made = RequestLoaders(Graph(UNUSED, NOWHERE))
    loader = BatchLoader("doubles", made, Fetched())

    async def field(name: str, *keys: int) -> None:
        with trace.use_span(tracer.start_span(name, context=otel_context.Context()), True):  # noqa: FBT003
            await asyncio.gather(*(loader.load(key) for key in keys))

    await asyncio.gather(field("one", 2, 4), field("other", 4, 6), field("third", 2))
    await field("late", 8)
    ids = {span.name: _id(span.context) for span in exporter.get_finished_spans()}
    first, second = (span for span in exporter.get_finished_spans() if span.name == "load doubles")
    linked = [_id(link.context) for link in first.links]
    assert linked == [ids["one"], ids["other"], ids["third"]]
    assert [_id(link.context) for link in second.links] == [ids["late"]]
    for span in (first, second):
        assert _id(span.parent) == ids["operation"]
    assert first.attributes == {
        "content_graph.batch.keys": 3,
        "content_graph.batch.loads": 5,
        "content_graph.batch.hit_ratio": pytest.approx(0.4),
    }


def _id(context: trace.SpanContext | None) -> int:
    assert context is not None
    return context.span_id
