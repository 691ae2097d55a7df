"""An answer in parts: what is deferred or streamed comes after the rest.

The format is that of the specification's proposal that graphql-core follows (`pending`, `incremental`,
`completed`, `hasNext`), known as version 0.2: https://specs.apollo.dev/incremental/v0.2/
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from graphql import IncrementalDeferResult

from execution.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import (
        ExperimentalIncrementalExecutionResults,
        GraphQLError,
        InitialIncrementalExecutionResult,
        SubsequentIncrementalExecutionResult,
    )

LAST_SECONDS: Final = 1.0
"""How long the end may take, beyond the operation's deadline."""

Payload: TypeAlias = "dict[str, Any]"
Deliver: TypeAlias = "Callable[[Payload], Awaitable[None]]"
"""Sends a payload to the client; returns when the next may be sent."""
FormatErrors: TypeAlias = "Callable[[Iterable[GraphQLError]], list[dict[str, Any]]]"


class Delivery:
    """One answer on its way: its payloads sent, and what they come to so far."""

    def __init__(self, deliver: Deliver, format_errors: FormatErrors) -> None:
        self._deliver = deliver
        self._format = format_errors
        self._pending: dict[str, list[str | int]] = {}
        self._sending = False
        self._last: Payload = {}
        self._whole = True
        self._data: dict[str, Any] | None = None
        self._errors: list[dict[str, Any]] = []
        self.began = False

    @property
    def response(self) -> Response:
        """What was delivered, put together; no data where a part of it failed, as nobody knows its cost."""
        errors = {"errors": self._errors} if self._errors else {}
        return Response(
            body={**errors, "data": self._data if self._whole else None}, delivered=True
        )

    async def run(self, results: ExperimentalIncrementalExecutionResults) -> None:
        """Send all payloads but the end; what makes them has ended then, in any case."""
        # graphql-core promises less than the asynchronous generator that it is.
        later: Any = results.subsequent_results
        following = asyncio.ensure_future(anext(later, None))
        try:
            # Only a generator that has begun ends, as it is closed, what else has begun.
            await asyncio.sleep(0)
            await self._send(self._first(results.initial_result))
            while (result := await following) is not None:
                if payload := self._later(result):
                    await self._send(payload)
                following = asyncio.ensure_future(anext(later, None))
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await later.aclose()

    def late(self, errors: Iterable[GraphQLError]) -> None:
        """Give up each place that is still to come; the end says so."""
        told = self._format(errors)
        self._errors += told
        self._whole = False
        self._last = {"completed": [{"id": each, "errors": told} for each in self._pending]}

    async def end(self, extensions: Mapping[str, Any] | None) -> None:
        """Send the end, unless the client does not take what was sent before."""
        if self._sending:
            return
        told = {"extensions": extensions} if extensions else {}
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await self._deliver({**self._last, **told, "hasNext": False})

    async def _send(self, payload: Payload) -> None:
        self._sending = self.began = True
        await self._deliver({**payload, "hasNext": True})
        self._sending = False
        self._take(payload)

    def _first(self, result: InitialIncrementalExecutionResult) -> Payload:
        errors = {"errors": self._format(result.errors)} if result.errors else {}
        pending = [each.formatted for each in result.pending]
        return {"data": result.data, **errors, "pending": pending}

    def _later(self, result: SubsequentIncrementalExecutionResult) -> Payload:
        payload: Payload = {}
        if result.pending:
            payload["pending"] = [each.formatted for each in result.pending]
        if result.incremental:
            payload["incremental"] = [self._part(each) for each in result.incremental]
        if result.completed:
            payload["completed"] = [
                {"id": each.id, **self._told(each.errors)} for each in result.completed
            ]
        return payload

    def _part(self, part: Any) -> Payload:
        deferred = isinstance(part, IncrementalDeferResult)
        made = {"data": part.data} if deferred else {"items": part.items}
        below = {"subPath": part.sub_path} if part.sub_path else {}
        return {"id": part.id, **below, **made, **self._told(part.errors)}

    def _told(self, errors: list[GraphQLError] | None) -> Payload:
        return {"errors": self._format(errors)} if errors else {}

    def _take(self, payload: Payload) -> None:
        """Put a payload into what was delivered, in place: nobody needs it by itself any more."""
        if "data" in payload:
            self._data = payload["data"]
        self._errors += payload.get("errors", ())
        for each in payload.get("pending", ()):
            self._pending[each["id"]] = each["path"]
        for part in payload.get("incremental", ()):
            self._errors += part.get("errors", ())
            place: Any = self._data
            for key in (*self._pending[part["id"]], *part.get("subPath", ())):
                place = place[key]
            if "items" in part:
                cast("list[Any]", place).extend(part["items"])
            else:
                place.update(part["data"])
        for each in payload.get("completed", ()):
            if "errors" in each:
                self._errors += each["errors"]
                self._whole = False
            self._pending.pop(each["id"], None)
