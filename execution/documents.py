"""Documents, checked once: kept while they are in use, with what was found wrong in them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from execution.checking import Checker, Prepared
from execution.kept import Kept
from execution.limits import LimitError
from resolvers.permission import PUBLIC

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from execution.limits import Limits
    from resolvers.permission import Needs

# Checked at once: what is not hostile takes some milliseconds of them.
SHORT_TOKENS: Final = 300
# What is hostile takes half a second: who comes after these is better told to come again.
MOST_COMING: Final = 8


class ServerBusyError(LimitError):
    """Too many long documents wait to be checked."""

    code = "SERVER_BUSY"
    retry_after = 1


@dataclass(slots=True)
class _Coming:
    """A long document that waits to be checked, or is, and how many ask for it."""

    task: asyncio.Task[Prepared]
    asking: int = 0


class Documents:
    """The documents that one schema met of late, up to `room` tokens of them."""

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        room: int,
        introspection: Needs | None = PUBLIC,
    ) -> None:
        """Refuse what asks for the schema itself where `introspection` is for nobody."""
        self._checker = Checker(schema, limits, introspection=introspection)
        self._kept: Kept[Prepared] = Kept(room)
        self._coming: dict[str, _Coming] = {}
        self._lane = ThreadPoolExecutor(1, "validation")

    def known(self, text: str) -> Prepared | None:
        """Return a document that was met before and is kept."""
        return self._kept.get(text)

    def grew(self, text: str, tokens: int) -> None:
        """Count what was made of a document, a plan, for as long as the document is kept."""
        self._kept.grow(text, tokens)

    async def prepare(self, text: str) -> Prepared:
        """Return the document parsed and checked, from memory where it was met before.

        A long document is checked in a thread, one at a time: what is hostile takes half a second,
        and holds up nobody else. Who asks for one that is being checked waits for the same; where
        too many wait, ServerBusyError is raised, and one that nobody waits for any more is given up.
        """
        prepared = self._kept.get(text)
        if prepared is not None:
            return prepared
        coming = self._coming.get(text)
        if coming is None:
            tokens = self._checker.count(text)
            if isinstance(tokens, Prepared):
                return tokens
            if tokens <= SHORT_TOKENS:
                return self._keep(text, self._checker.check(text, tokens))
            if len(self._coming) >= MOST_COMING:
                raise ServerBusyError("Too many long documents wait to be checked; send it again.")
            coming = _Coming(asyncio.ensure_future(self._aside(text, tokens)))
            self._coming[text] = coming
        coming.asking += 1
        try:
            return await asyncio.shield(coming.task)
        finally:
            coming.asking -= 1
            if not coming.asking:
                self._coming.pop(text, None)
                # Nothing where it is done; in the thread it goes on, and before that never begins.
                coming.task.cancel()

    async def _aside(self, text: str, tokens: int) -> Prepared:
        loop = asyncio.get_running_loop()
        return self._keep(
            text, await loop.run_in_executor(self._lane, self._checker.check, text, tokens)
        )

    def _keep(self, text: str, prepared: Prepared) -> Prepared:
        """Remember a document, unless it is over a limit: that is found as fast again."""
        if prepared.tokens:
            self._kept.put(text, prepared, prepared.room(text))
        return prepared
