"""Steps that read things by their ids: those that parents refer to, and the lists of those at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from execution.connections import Rows, rows_of
from execution.running import Complete, ReadLog, Run, Waiting
from execution.steps import Step, each_of
from resolvers.errors import in_place
from resolvers.things import Thing
from schema import registry

if TYPE_CHECKING:
    from execution.reads import Read
    from execution.scopes import ListUse
    from resolvers.permission import Needs


@dataclass(frozen=True, slots=True)
class Target:
    """How things of one type are read by id, and completed."""

    read: Read
    complete: Complete
    needs: Needs
    """The roles of which a caller needs one to be told of them."""


@dataclass(slots=True, kw_only=True, eq=False)
class ThingsStep(Step):
    """Things by reference: what the parents refer to is read by id, one read a type."""

    kind: ClassVar[str] = "things by their ids"
    refer: Callable[[Any, Run], Any]
    gaps: bool
    targets: Mapping[str, Target]

    async def values(
        self, run: Run, waiting: Sequence[Waiting], log: list[ReadLog]
    ) -> Sequence[Any]:
        """Return the references; what they refer to is in `run.found`, or is not there."""
        values = await each_of(self.refer, waiting, run)
        if not all(run.context.viewer.may(target.needs) for target in self.targets.values()):
            values = [
                [self._permitted(run, each) for each in cast("list[Any]", value)]
                if isinstance(value, list)
                else self._permitted(run, value)
                for value in values
            ]
        wanted: dict[str, dict[str, None]] = {}
        for value in values:
            for thing in cast("list[Any]", value) if isinstance(value, list) else (value,):
                if thing.__class__ is Thing and thing.key and thing.type in self.targets:
                    wanted.setdefault(thing.type, {})[thing.key] = None
        reads = (self._read(run, type_, list(keys), log) for type_, keys in wanted.items())
        run.found[self.number] = dict(zip(wanted, await asyncio.gather(*reads), strict=True))
        if self.gaps:
            return values
        return [self._present(run, value) for value in values]

    def fill(self, run: Run, waiting: Waiting, value: Any) -> None:
        """Put what was completed before as it is: most things are referred to often."""
        if value.__class__ is Thing:
            rows: Any = run.found[self.number].get(value.type)
            row = rows.get(value.key) if rows.__class__ is dict else None
            if row.__class__ is dict:
                around, _, path = waiting
                if path is not None:
                    around[cast("str", path[1])] = row
                return
        Step.fill(self, run, waiting, value)

    async def _read(
        self, run: Run, type_: str, keys: list[str], log: list[ReadLog]
    ) -> dict[str, Any] | Exception:
        try:
            shown = list(await registry.seen(run.context, type_, keys))
            return await self.targets[type_].read.by_id(run, log, shown) if shown else {}
        except Exception as error:  # noqa: BLE001 - the error of each thing of the type.
            return error

    def _permitted(self, run: Run, value: Any) -> Any:
        """Return a reference, or the error that stands in its place where it is not for who asks."""
        if value.__class__ is not Thing or value.type not in self.targets:
            return value
        viewer = run.context.viewer
        needs = self.targets[value.type].needs
        return value if viewer.may(needs) else in_place(viewer.check, needs)

    def _present(self, run: Run, value: Any) -> Any:
        """Return a list without what is not there."""
        if not isinstance(value, list):
            return value
        things = cast("list[Any]", value)
        found = run.found[self.number]
        return [
            each
            for each in things
            if not isinstance(each, Thing)
            or isinstance(rows := found.get(each.type, {}), Exception)
            or each.key in rows
        ]


def thing_of(number: int, targets: Mapping[str, Target], below: Sequence[Step]) -> Complete:
    """Return what completes a reference with the row that its step read.

    Where nothing below it waits, a thing that is referred to often is completed once.
    """

    def complete(value: Thing, path: Any, run: Run) -> Any:
        if value.type not in targets:
            raise TypeError(f"{value.type} is not what the field is of.")
        rows: Any = run.found[number].get(value.type)
        if isinstance(rows, Exception):
            raise rows
        row = rows.get(value.key) if rows else None
        if row is None or row.__class__ is dict:
            return row
        told = len(run.errors)
        completed = targets[value.type].complete(row, path, run)
        if not below and len(run.errors) == told:
            rows[value.key] = completed
        return completed

    return complete


@dataclass(slots=True, kw_only=True, eq=False)
class ListsStep(Step):
    """A list of things that are at hand as objects: read from their ids."""

    kind: ClassVar[str] = "lists of things by their ids"
    use: ListUse
    read: Read
    places: tuple[int | None, int | None]

    async def values(
        self, run: Run, waiting: Sequence[Waiting], log: list[ReadLog]
    ) -> Sequence[Any]:
        """Return each parent's page."""
        bound = run.bound[self.use.number]
        if isinstance(bound, Exception):
            return [bound] * len(waiting)
        keys = list(dict.fromkeys(each[1].key for each in waiting))
        found = await self.read.by_id(run, log, keys)
        return [self._page(bound, found.get(each[1].key)) for each in waiting]

    def _page(self, bound: Any, row: Any) -> Rows:
        rows, total = self.places
        return rows_of(
            bound,
            row[rows] if row and rows is not None else [],
            row[total] if row and total is not None else 0,
        )
