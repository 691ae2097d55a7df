"""How long each attack takes to be refused, and how long somebody else waits meanwhile.

The one who attacks has a budget that suffices: it is the refusing that is measured, not a wait for a budget.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.callers import ask_once, post
from bench.contract.attacks import ATTACKS

if TYPE_CHECKING:
    from bench.serving import Server

TIMES: Final = 9
_WARM: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """By attack, in ms: the median of its refusals, and the slowest answer of somebody else meanwhile."""

    refused: dict[str, float]
    others: dict[str, float]


async def measure_refusals(server: Server, token: str) -> Refusals:
    """Return what refusing takes: one attack after the other, while another asks all the time."""
    bearer = f"authorization: Bearer {token}\r\nhost:".encode()
    good = post(server.port, {"query": "{ __typename }"}, token=token)
    for _ in range(_WARM):
        await _taken(server.port, good)
    refused: dict[str, float] = {}
    others: dict[str, float] = {}
    for name, attack in ATTACKS.items():
        waits: list[float] = []
        other = asyncio.create_task(_others(server.port, good, waits))
        taken = [
            await _taken(server.port, attack(number).replace(b"host:", bearer, 1))
            for number in range(1_000_000, 1_000_000 + TIMES)
        ]
        other.cancel()
        refused[name] = round(median(taken), 2)
        others[name] = round(max(waits, default=0.0), 2)
    return Refusals(refused=refused, others=others)


async def _others(port: int, raw: bytes, waits: list[float]) -> None:
    while True:
        waits.append(await _taken(port, raw))


async def _taken(port: int, raw: bytes) -> float:
    began = time.perf_counter()
    await ask_once(port, raw)
    return (time.perf_counter() - began) * 1_000
