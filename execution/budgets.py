"""What callers may ask for in the course of time: a bucket for each, which fills up by itself.

An operation takes what it may cost before it runs, and is given back what it did not cost.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from execution.limits import LimitError
from execution.requests import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from execution.requests import Caller

MOST_BUCKETS: Final = 10_000
LONGEST_WAIT: Final = 3_600


class CostTooHighError(LimitError):
    """The operation may cost more than the caller's whole budget."""

    code = "COST_TOO_HIGH"


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a bucket holds, in objects, and how many come back in a second."""

    size: int
    refill: float


class Taken(NamedTuple):
    """What is left in a bucket, and how many seconds to wait where that is too little: then none is taken."""

    available: int
    wait: float = 0.0


class Buckets(Protocol):
    """Where the buckets are."""

    async def take(self, key: str, budget: Budget, cost: int) -> Taken:
        """Take from a bucket, all or nothing."""
        ...

    async def give(self, key: str, budget: Budget, cost: int) -> int:
        """Give back what was taken for nothing; return what the bucket has then."""
        ...

    async def close(self) -> None:
        """Let go of what the buckets are kept in."""
        ...


class MemoryBuckets:
    """Buckets of this process; of more than `most`, the longest unused is forgotten: it is full again."""

    def __init__(
        self, most: int = MOST_BUCKETS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._most = most
        self._clock = clock

    def __len__(self) -> int:
        return len(self._levels)

    async def take(self, key: str, budget: Budget, cost: int) -> Taken:
        """Take from a bucket, all or nothing."""
        level = self._level(key, budget)
        if cost > level:
            return Taken(int(level), (cost - level) / budget.refill)
        return Taken(self._set(key, level - cost))

    async def give(self, key: str, budget: Budget, cost: int) -> int:
        """Give back what was taken for nothing; return what the bucket has then."""
        return self._set(key, min(budget.size, self._level(key, budget) + cost))

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _level(self, key: str, budget: Budget) -> float:
        known = self._levels.get(key)
        if known is None:
            return budget.size
        level, at = known
        return min(budget.size, level + (self._clock() - at) * budget.refill)

    def _set(self, key: str, level: float) -> int:
        self._levels[key] = level, self._clock()
        self._levels.move_to_end(key)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return int(level)


class Allowance:
    """What callers may ask for, by their roles; a role without a budget has that of anonymous callers."""

    def __init__(self, budgets: Mapping[str, Budget], buckets: Buckets | None = None) -> None:
        self._budgets = budgets
        self._buckets = buckets or MemoryBuckets()

    async def take(self, caller: Caller, cost: int) -> Taken:
        """Take what an operation may cost; raises CostTooHighError for what never fits."""
        budget = self._budget(caller)
        if cost > budget.size:
            raise CostTooHighError(
                f"The operation may cost {cost}, and a caller has {budget.size} at most. "
                "Ask for smaller pages, or for fewer levels."
            )
        return await self._buckets.take(_key(caller), budget, cost)

    async def take_up_to(self, caller: Caller, cost: int) -> Taken:
        """Take a cost, or the whole budget where that is less: a full one suffices for it."""
        budget = self._budget(caller)
        return await self._buckets.take(_key(caller), budget, min(cost, budget.size))

    async def give(self, caller: Caller, cost: int) -> int:
        """Give back what an operation did not cost; return what the caller has then."""
        return await self._buckets.give(_key(caller), self._budget(caller), cost)

    async def close(self) -> None:
        """Let go of what the buckets are kept in."""
        await self._buckets.close()

    def _budget(self, caller: Caller) -> Budget:
        return self._budgets.get(caller.role) or self._budgets[ANONYMOUS]


def seconds(wait: float) -> int:
    """Return a wait as `Retry-After` tells it."""
    return min(max(1, math.ceil(wait)), LONGEST_WAIT)


def _key(caller: Caller) -> str:
    return f"{caller.role}:{caller.key}"
