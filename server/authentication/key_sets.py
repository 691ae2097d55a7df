"""An issuer's keys while a server runs: fetched once for all who wait, kept, and fetched again."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from server.authentication.keys import Key

FRESH_SECONDS: Final = 600.0
STALE_SECONDS: Final = 1_200.0
LONGEST_SECONDS: Final = 86_400.0
PAUSE_SECONDS: Final = 10.0

_log = structlog.stdlib.get_logger("content_graph.authentication")


class KeysUnavailableError(Exception):
    """Nobody can say whether there is such a key: the issuer's keys cannot be had."""


class KeySet:
    """The keys of an issuer, which `fetch` brings.

    Keys are fetched again when they are `FRESH_SECONDS` old, when they are `STALE_SECONDS` old before
    one of them is used, and for an id that is not among them, but never again within `PAUSE_SECONDS`,
    whatever ids callers make up. Where they cannot be fetched, the known ones go on for
    `LONGEST_SECONDS`.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Mapping[str, Key]]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._fetched = self._tried = float("-inf")
        self._failed = False
        self._fetching: asyncio.Task[None] | None = None

    async def get(self, name: str) -> Key | None:
        """Return the key of an id, None where the issuer has none; raises KeysUnavailableError."""
        age = self._clock() - self._fetched
        key = self._keys.get(name) if age < LONGEST_SECONDS else None
        if key is not None:
            if age < FRESH_SECONDS:
                return key
            coming = self._refresh()
            if coming is None or age < STALE_SECONDS or self._failed:
                return key  # Nobody waits: the key that is known holds till then.
            await asyncio.shield(coming)
            return self._keys.get(name)
        coming = self._refresh()
        if coming is not None:
            await asyncio.shield(coming)
        if self._failed or self._clock() - self._fetched >= LONGEST_SECONDS:
            raise KeysUnavailableError
        return self._keys.get(name)

    async def close(self) -> None:
        """Give up what is being fetched."""
        if self._fetching is not None:
            self._fetching.cancel()
            with suppress(asyncio.CancelledError):
                await self._fetching

    def _refresh(self) -> asyncio.Task[None] | None:
        """Return what fetches the keys now; None where they were fetched, or tried, just before."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._clock() - self._tried < PAUSE_SECONDS:
            return None
        self._fetching = asyncio.create_task(self._renew())
        return self._fetching

    async def _renew(self) -> None:
        try:
            keys = await self._fetch()
        except Exception as error:  # noqa: BLE001 - whatever it is, the known keys go on.
            if not self._failed:
                reason = str(error) or type(error).__name__
                _log.warning("the issuer's keys cannot be fetched; trying on", reason=reason)
            self._failed = True
        else:
            if self._failed:
                _log.info("the issuer's keys are fetched again")
            self._keys, self._failed, self._fetched = keys, False, self._clock()
        finally:
            self._tried = self._clock()
