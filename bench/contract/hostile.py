"""Hostile callers, in a process of their own, so that the good ones' clock is not theirs.

`python -m bench.contract.hostile PORT CALLERS PAUSE` attacks until its input ends, then prints how often
each attack was answered, with which statuses, and how long the slowest took, as JSON.
"""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Final

import orjson

from bench.contract.attacks import ATTACKS

_ANSWER_SECONDS: Final = 30.0


@dataclass(slots=True)
class Answered:
    """How one attack was answered; `slowest_ms` counts from its sending, waiting included."""

    count: int = 0
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    slowest_ms: float = 0.0

    def add(self, status: str, taken: float) -> None:
        """Count one answer."""
        self.count += 1
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.slowest_ms = max(self.slowest_ms, taken * 1_000)


async def _attack(port: int, first: int, pause: float, told: dict[str, Answered]) -> None:
    """Send one attack after another over a kept connection, made again when the server hangs up."""
    names = list(ATTACKS)
    number = first
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                while True:
                    name = names[number % len(names)]
                    number += 1
                    began = time.perf_counter()
                    writer.write(ATTACKS[name](number))
                    async with asyncio.timeout(_ANSWER_SECONDS):
                        status, _, stays = await answer_of(reader)
                    told[name].add(status, time.perf_counter() - began)
                    await asyncio.sleep(pause)
                    if not stays:
                        break
            finally:
                writer.close()


async def answer_of(reader: asyncio.StreamReader) -> tuple[str, bytes, bool]:
    """Return the status of an answer, its body, and whether the connection stays."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    [length] = [line for line in head.split("\r\n") if line.startswith("content-length:")]
    body = await reader.readexactly(int(length.partition(":")[2]))
    return head.split(" ", 2)[1], body, "connection: close" not in head


async def main(port: int, callers: int, pause: float) -> None:
    """Attack until the input ends."""
    told = {name: Answered() for name in ATTACKS}
    # The callers' numbers lie far apart: no two send the same document.
    tasks = [
        asyncio.create_task(_attack(port, caller * 10_000_003, pause, told))
        for caller in range(callers)
    ]
    await asyncio.to_thread(sys.stdin.read)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    sys.stdout.write(orjson.dumps({name: asdict(each) for name, each in told.items()}).decode())


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
