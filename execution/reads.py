"""Reads of a plan: the text follows from the shapes of its lists, and is kept for each."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, LiteralString

from execution.arguments import Bound
from execution.running import ReadLog
from graph.nesting import parameters
from graph.paging import Reads, in_order, ranged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from execution.running import Run
    from graph.listings import ListArguments, Listing, Shape
    from graph.nesting import Shapes

    Text = Callable[[Shapes, bool], LiteralString]

_MOST_TEXTS = 64
_TURNS = 3
"""Turns of the loop that steps side by side need to come to their reads."""


class Read:
    """One read, with the lists in it by the numbers of their arguments."""

    def __init__(self, summary: LiteralString) -> None:
        self.summary: LiteralString = summary
        self.text: Text | None = None
        self.whole: tuple[int, Listing[Any]] | None = None
        """The list of the whole graph that it reads a page of."""
        self.lists: dict[int, bool] = {}
        """Whether of each list one row more than the page is read, to tell whether it goes on."""
        self._texts: dict[tuple[tuple[int, Shape], ...], LiteralString] = {}

    def add(self, number: int, *, more: bool = False) -> None:
        """Have a list read."""
        self.lists[number] = self.lists.get(number, False) or more

    async def run(self, run: Run, log: list[ReadLog], **given: Any) -> Any:
        """Return what the graph answers: of a page of a list it is `Ordered`.

        A list whose arguments are refused is null.
        """
        asked: dict[int, tuple[ListArguments, int]] = {}
        for number, more in self.lists.items():
            bound = run.bound[number]
            if isinstance(bound, Bound):
                asked[number] = (bound.arguments, bound.arguments.limit + more)
        shapes = {number: each.shape for number, (each, _) in asked.items()}
        if self.whole is None:
            text = self._text(run, shapes)
            return await self._read(run, log, text, {**parameters(asked), **given})
        number, listing = self.whole

        async def page(shape: Shape, found: Sequence[str] | None) -> list[Any]:
            text = self._text(run, {**shapes, number: shape})
            known = {} if found is None else {f"found_{number}": found}
            return await self._ask(run, log, text, {**parameters(asked), **known})

        async def ids(
            summary: LiteralString, text: LiteralString, given: dict[str, Any]
        ) -> list[str]:
            return await _logged(log, summary, text, run.graph.column(summary, text, **given))

        arguments, limit = asked[number]
        async with run.gate:
            return await in_order(run.graph, listing, arguments, limit, Reads(page, ids))

    async def by_id(self, run: Run, log: list[ReadLog], keys: list[str]) -> dict[str, Any]:
        """Return rows by id; steps that read alike at the same time share one read."""
        if self.lists:
            return dict(await self.run(run, log, ids=keys))
        text = self._text(run, {})
        shared = run.shared.get(text)
        if shared is None:
            wanted: dict[str, None] = {}
            task = asyncio.ensure_future(self._shared(run, log, text, wanted))
            shared = run.shared[text] = (wanted, task)
        wanted, task = shared
        wanted.update(dict.fromkeys(keys))
        rows = await task
        return {key: rows[key] for key in keys if key in rows}

    async def _shared(
        self, run: Run, log: list[ReadLog], text: LiteralString, wanted: dict[str, None]
    ) -> dict[str, Any]:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        del run.shared[text]
        return dict(await self._read(run, log, text, {"ids": list(wanted)}))

    async def _read(
        self, run: Run, log: list[ReadLog], text: LiteralString, given: dict[str, Any]
    ) -> Any:
        async with run.gate:
            return await self._ask(run, log, text, given)

    async def _ask(
        self, run: Run, log: list[ReadLog], text: LiteralString, given: dict[str, Any]
    ) -> Any:
        return await _logged(log, self.summary, text, run.graph.read(self.summary, text, **given))

    def _text(self, run: Run, shapes: dict[int, Shape]) -> LiteralString:
        key = tuple(shapes.items())
        text = self._texts.get(key)
        if text is None:
            if self.text is None:
                raise RuntimeError(f"{self.summary}: the plan is not complete")
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            text = self._texts[key] = self.text(shapes, ranged(run.graph))
        return text


async def _logged(
    log: list[ReadLog], summary: LiteralString, text: LiteralString, read: Awaitable[Any]
) -> Any:
    started = time.perf_counter()
    found = await read
    milliseconds = (time.perf_counter() - started) * 1000
    log.append(ReadLog(summary, text, round(milliseconds, 3)))
    return found
