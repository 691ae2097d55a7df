"""The steps of a plan: each fills the places that wait for it, all at once, and then its own steps run.

Those that read things by their ids are in `execution.things`.
"""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from opentelemetry import trace

from execution.connections import in_page
from execution.objects import nothing_yet
from execution.running import Complete, Nulled, Ran, ReadLog, Run, Waiting, keys_of
from graph.paging import Ordered, count_rows
from resolvers.errors import in_place
from resolvers.things import Thing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from execution.connections import Wanted
    from execution.places import Place
    from execution.reads import Read
    from execution.scopes import ListUse

_tracer = trace.get_tracer("content_graph.execution")


@dataclass(slots=True, kw_only=True, eq=False)
class Step:
    """What is done for one field of an operation, for all of its parents at once."""

    number: int
    field: str
    place: Place
    complete: Complete = nothing_yet
    steps: list[Step] = dataclasses.field(default_factory=list["Step"])
    kind: ClassVar[str] = ""
    """What it does, in words for those who look at a plan."""

    async def run(self, run: Run) -> None:
        """Fill what waits for this step; then run the steps below it, side by side."""
        waiting = run.waiting.pop(self.number, [])
        if run.errors:
            waiting = [each for each in waiting if run.alive(each[2])]
        if not waiting:
            return
        log: list[ReadLog] = []
        began = perf_counter_ns()
        try:
            if trace.get_current_span().is_recording():
                with self._span(len(waiting)):
                    values = await self.values(run, waiting, log)
            else:
                values = await self.values(run, waiting, log)
        except Exception as error:  # noqa: BLE001 - the error of each place, masked by the server.
            values = [error] * len(waiting)
        if run.log is not None:
            times = (began - run.began, perf_counter_ns() - run.began)
            run.log.append(Ran(self.place.name, self.kind, len(waiting), log, *times))
        for each, value in zip(waiting, values, strict=True):
            self.fill(run, each, value)
        below = [step for step in self.steps if step.number in run.waiting]
        if len(below) == 1:
            await below[0].run(run)
        elif below:
            await asyncio.gather(*(step.run(run) for step in below))

    async def values(
        self, run: Run, waiting: Sequence[Waiting], log: list[ReadLog]
    ) -> Sequence[Any]:
        """Return a value, or an error, for each place."""
        raise NotImplementedError

    def _span(self, parents: int) -> AbstractContextManager[trace.Span]:
        return _tracer.start_as_current_span(
            self.field,
            attributes={
                "graphql.field.path": self.place.name,
                "content_graph.batch.keys": parents,
            },
            record_exception=False,
        )

    def fill(self, run: Run, waiting: Waiting, value: Any) -> None:
        """Put a value, completed, in the place that waits for it."""
        around, _, path = waiting
        try:
            completed = self.complete(value, path, run)
        except Nulled:
            cut = self.place.cut
            for each in run.places(path):
                keys = keys_of(each)
                run.blank([] if cut is None else keys[: len(keys) - cut])
            return
        if path is not None:
            around[cast("str", path[1])] = completed


@dataclass(slots=True, kw_only=True, eq=False)
class PageStep(Step):
    """A page of a list of the whole graph."""

    kind: ClassVar[str] = "a page of a list"
    use: ListUse
    wanted: Wanted
    read: Read

    async def values(
        self, run: Run, waiting: Sequence[Waiting], log: list[ReadLog]
    ) -> Sequence[Any]:
        """Return the page, the rows and their total read side by side."""
        bound = run.bound[self.use.number]
        if isinstance(bound, Exception):
            return [bound] * len(waiting)
        if not self.wanted.total:
            page, total = await self._page(run, log), 0
        else:
            page, total = await asyncio.gather(self._page(run, log), self._total(run, bound))
        return [in_page(bound, page, total)] * len(waiting)

    async def _page(self, run: Run, log: list[ReadLog]) -> Ordered:
        return await self.read.run(run, log) if self.wanted.rows else Ordered([], more=False)

    async def _total(self, run: Run, bound: Any) -> int:
        async with run.gate:
            totals = await count_rows(run.graph, self.use.listing, (), bound.arguments.filters)
        return totals[""]


@dataclass(slots=True, kw_only=True, eq=False)
class BatchStep(Step):
    """A value for each parent, worked out of all of them at once."""

    kind: ClassVar[str] = "worked out of all parents at once"
    thing: Callable[[Any], Thing]
    work_out: Callable[..., Any]
    takes_info: bool
    binding: int

    async def values(
        self,
        run: Run,
        waiting: Sequence[Waiting],
        log: list[ReadLog],  # noqa: ARG002
    ) -> Sequence[Any]:
        """Return what is worked out."""
        bound = run.bound[self.binding]
        if isinstance(bound, Exception):
            return [bound] * len(waiting)
        parents = [self.thing(each[1]) for each in waiting]
        things = list(dict.fromkeys(parents))
        given = {"info": info(run)} if self.takes_info else {}
        found = await self.work_out(things, **given, **bound)
        by_thing = dict(zip(things, found, strict=True))
        return [by_thing[each] for each in parents]


@dataclass(slots=True, kw_only=True, eq=False)
class ComputedStep(Step):
    """A value that each parent's own function waits for."""

    kind: ClassVar[str] = "worked out by a resolver"
    call: Callable[[Any, Run], Any]

    async def values(
        self,
        run: Run,
        waiting: Sequence[Waiting],
        log: list[ReadLog],  # noqa: ARG002
    ) -> Sequence[Any]:
        """Return what the functions return, all run at once: their loaders make batches."""
        return await each_of(self.call, waiting, run)


async def each_of(
    call: Callable[[Any, Run], Any], waiting: Sequence[Waiting], run: Run
) -> Sequence[Any]:
    """Return what a function returns for each parent, or the error that stands in its place."""
    values = [in_place(call, each[1], run) for each in waiting]
    # Of very many values few classes: a look at each value's would be most of the work.
    if any(issubclass(kind, Awaitable) for kind in {value.__class__ for value in values}):
        return await asyncio.gather(*map(_awaited, values))
    return values


async def _awaited(value: Any) -> Any:
    try:
        return await value if inspect.isawaitable(value) else value
    except Exception as error:  # noqa: BLE001 - the error of its place.
        return error


def info(run: Run) -> Any:
    """Return what resolvers may know of the run: the context."""
    return SimpleNamespace(context=run.context)
