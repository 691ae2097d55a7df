"""What a refusal costs who caused it: of its budget, and time where that is used up.

Refusing is cheap, but not free: a caller that asks again at once, over and over, would take the time of
all others. One whose budget is used up is answered a while later, which costs the server nothing.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from execution.limits import LimitError

if TYPE_CHECKING:
    from execution.budgets import Allowance
    from execution.requests import Caller

# Half a millisecond of the server's, with its connection, as forty objects take.
REFUSAL_COST: Final = 40
HELD_SECONDS: Final = 0.5
# Not all alike: who was refused together would be back together, and others wait behind all of them.
_HELD_TIMES: Final = 0.5, 1.5
# Each holds a connection; more are answered at once.
MOST_HELD: Final = 1_000


class Refusals:
    """Charges callers for refusals; without an allowance nobody is charged, and nobody waits."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance
        self._held = 0

    async def charge(self, caller: Caller) -> None:
        """Charge a caller for a refusal; return when it may be told."""
        if self._allowance is None:
            return
        with suppress(LimitError):
            taken = await self._allowance.take_up_to(caller, REFUSAL_COST)
            if not taken.wait or self._held >= MOST_HELD:
                return
            self._held += 1
            try:
                await asyncio.sleep(HELD_SECONDS * random.uniform(*_HELD_TIMES))  # noqa: S311 - no secret.
            finally:
                self._held -= 1
