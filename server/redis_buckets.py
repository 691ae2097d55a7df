"""Buckets in Redis, for all the processes that serve: one script takes and gives, by Redis's own clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from execution.budgets import MemoryBuckets, Taken

if TYPE_CHECKING:
    from execution.budgets import Budget

PREFIX: Final = "content-graph:budget:"
# Slower than this it would hold up every operation; the process's own buckets serve meanwhile.
SECONDS: Final = 0.5
PAUSE_SECONDS: Final = 5.0

# A bucket is forgotten when it would be full again. A cost below zero gives back.
_SCRIPT: Final = """
local size, refill, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = size
if kept[1] then
  level = math.min(size, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * refill)
end
if cost > level then
  return {math.floor(level), tostring((cost - level) / refill)}
end
level = math.min(size, level - cost)
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((size - level) / refill * 1000) + 1000)
return {math.floor(level), '0'}
"""

_log = structlog.stdlib.get_logger("content_graph.budgets")


class RedisBuckets:
    """Buckets behind an address; while it does not answer, each process has its own."""

    def __init__(self, address: str) -> None:
        self._redis = redis.asyncio.Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - **kwargs is untyped.
            address, socket_timeout=SECONDS, socket_connect_timeout=SECONDS
        )
        self._script = self._redis.register_script(_SCRIPT)
        self._own = MemoryBuckets()
        self._silent_until = 0.0

    async def take(self, key: str, budget: Budget, cost: int) -> Taken:
        """Take from a bucket, all or nothing."""
        taken = await self._run(key, budget, cost)
        return await self._own.take(key, budget, cost) if taken is None else taken

    async def give(self, key: str, budget: Budget, cost: int) -> int:
        """Give back what was taken for nothing; return what the bucket has then."""
        given = await self._run(key, budget, -cost)
        return await self._own.give(key, budget, cost) if given is None else given.available

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.aclose()

    async def _run(self, key: str, budget: Budget, cost: int) -> Taken | None:
        """Take, or give where it is below zero; None where Redis does not answer."""
        if time.monotonic() < self._silent_until:
            return None
        arguments = [budget.size, budget.refill, cost]
        try:
            available, wait = await self._script(keys=[f"{PREFIX}{key}"], args=arguments)
        except (RedisError, OSError) as error:
            _log.warning("the budgets in Redis cannot be reached", reason=type(error).__name__)
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            return None
        return Taken(int(available), float(wait))
