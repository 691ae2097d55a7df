"""Fields of what is at hand as objects: the root, and what resolvers work out."""

from __future__ import annotations

import inspect
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from execution.cells import cell
from execution.reads import Read
from execution.scopes import ListUse, Scope, Selected, Unplannable
from execution.steps import ComputedStep, PageStep, Step, info
from execution.things import ListsStep
from graph.nesting import Column, Page, page_read
from resolvers.errors import in_place
from resolvers.things import Thing
from schema.fields import Computed, Property
from schema.lists import Many
from schema.things import Batched, Found, One, Several, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from execution.planning import Planner
    from execution.running import Complete, Path, Run


class ObjectFields:
    """Plans fields whose parents are objects, as Strawberry has them."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    def plan(self, scope: Scope, selected: Selected) -> Complete | Step:
        """Plan one field by its rule."""
        refused = self._planner.refused(selected)
        if refused is not None:
            return refused
        match selected.rule:
            case Property():
                return self._property(scope, selected)
            case Computed() as rule:
                return self._computed(scope, selected, rule)
            case Told() as rule:
                return self._told(scope, selected, rule)
            case rule:
                return self._reached(scope, selected, rule)

    def _reached(self, scope: Scope, selected: Selected, rule: Any) -> Step:
        match rule:
            case One():
                return self._planner.things_step(scope, selected, _refer(rule))
            case Several():
                return self._planner.things_step(
                    scope,
                    selected,
                    lambda source, _run: rule.refer(getattr(source, rule.key)),
                    gaps=False,
                )
            case Found():
                return self._found(scope, selected, rule)
            case Many():
                return self._many(scope, selected, rule)
            case Batched():
                return self._planner.batch_step(scope, selected, rule, _thing)
            case _:
                raise Unplannable(selected.label)

    def _property(self, scope: Scope, selected: Selected) -> Complete:
        complete = self._planner.value(scope, selected)
        get = attrgetter(selected.field.python_name)
        return cell(None, get, selected.type, complete, selected.key)

    def _computed(self, scope: Scope, selected: Selected, rule: Computed) -> Complete | Step:
        if inspect.iscoroutinefunction(rule.work_out):
            step = ComputedStep(
                number=self._planner.number(),
                field=selected.name,
                place=selected.place,
                call=self._call(selected, rule.work_out, paged=rule.paged),
            )
            return self._planner.add_value(step, scope, selected)
        complete = self._planner.value(scope, selected)
        key = selected.key
        if list(inspect.signature(rule.work_out).parameters) == ["self"]:
            return cell(None, rule.work_out, selected.type, complete, key)
        call = self._call(selected, rule.work_out)

        def computed(source: Any, path: Path, run: Run) -> Any:
            return complete(in_place(call, source, run), path, run)

        put = computed if rule.of is None else _shared(computed, attrgetter(rule.of))
        return lambda source, path, run: put(source, (path, key), run)

    def _found(self, scope: Scope, selected: Selected, rule: Found) -> Step:
        call = self._call(selected, rule.find)
        return self._planner.things_step(scope, selected, call, gaps=rule.gaps)

    def _told(self, scope: Scope, selected: Selected, rule: Told) -> Complete:
        """Plan rows at hand: as they would be read by id, but that nothing can be read with them."""
        things = self._planner.things(selected.named, selected.items, scope.steps)
        columns = things.level.items
        columns += [Column(name) for name in things.level.row]
        told = len(columns)
        rows = self._planner.rows(replace(things, carry=""), selected.nodes)
        complete = selected.guarded(_shared(rows, lambda row: row))
        if len(columns) > told:
            raise Unplannable(selected.label)
        tell, key = rule.tell, selected.key
        return lambda source, path, run: complete(in_place(tell, source), (path, key), run)

    def _call(
        self, selected: Selected, function: Callable[..., Any], *, paged: bool = False
    ) -> Callable[[Any, Run], Any]:
        """Return what calls a resolver with its arguments, and raises where they are refused."""
        number = self._planner.bind(selected, paged=paged)
        parameters = inspect.signature(function).parameters
        takes_self, takes_info = "self" in parameters, "info" in parameters

        def call(source: Any, run: Run) -> Any:
            bound = run.bound[number]
            if isinstance(bound, Exception):
                raise bound
            given = {**bound, "info": info(run)} if takes_info else bound
            return function(source, **given) if takes_self else function(**given)

        return call

    def _many(self, scope: Scope, selected: Selected, rule: Many) -> Step:
        planner = self._planner
        use = planner.list_use(selected, rule, scope.type.name)
        if use.listing.start:
            return self._lists(scope, selected, use)
        read = Read(use.listing.summary)
        read.whole = use.number, use.listing
        steps: list[Step] = []
        complete, wanted = planner.connection(selected, use, read, steps)
        page = Page(use.number, use.listing, use.level)
        read.text = lambda shapes, ranged: page_read(page, shapes, ranged=ranged)
        step = PageStep(
            number=planner.number(),
            field=selected.name,
            place=selected.place,
            complete=complete,
            steps=steps,
            use=use,
            wanted=wanted,
            read=read,
        )
        return planner.add(step, scope)

    def _lists(self, scope: Scope, selected: Selected, use: ListUse) -> Step:
        planner = self._planner
        steps: list[Step] = []
        things = planner.things(scope.type, selected.place, steps)
        complete, rows, total = planner.list_of(things, selected, use)
        step = ListsStep(
            number=planner.number(),
            field=selected.name,
            place=selected.place,
            complete=complete,
            steps=steps,
            use=use,
            read=things.read,
            places=(rows, total),
        )
        return planner.add(step, scope)


def _shared(complete: Complete, of: Callable[[Any], Any]) -> Complete:
    """Return what completes once whatever is made of the same object.

    What fails at once is told by each by itself; what fails later is told in all places.
    """

    def shared(source: Any, path: Path, run: Run) -> Any:
        made_of = of(source)
        known = run.completed.get((complete, id(made_of)))
        if known is not None:
            _, completed, others = known
            others.append(path)
            return completed
        told = len(run.errors)
        completed = complete(source, path, run)
        if len(run.errors) == told:
            others = run.twins[path] = []
            # With the object, so that no other comes to have its identity.
            run.completed[complete, id(made_of)] = made_of, completed, others
        return completed

    return shared


def _refer(rule: One) -> Callable[[Any, Run], Thing | None]:
    def refer(source: Any, _run: Run) -> Thing | None:
        key = getattr(source, rule.key)
        return Thing(getattr(source, rule.label) if rule.label else rule.of, key) if key else None

    return refer


def _thing(source: Any) -> Thing:
    return Thing(type(source).__name__, source.key)
