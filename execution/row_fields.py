"""Fields of things that are told by rows of the graph."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString

from execution.cells import cell
from execution.connections import rows_of
from execution.scopes import RowScope, Selected, Unplannable
from execution.values import columns
from graph.nesting import Column, Joined, Level
from resolvers.things import Thing
from schema import registry
from schema.fields import Property
from schema.lists import Many
from schema.things import Batched, One, Several

if TYPE_CHECKING:
    from execution.planning import Planner
    from execution.running import Complete, Path, Run
    from execution.steps import Step
    from graph.columns import Columns


class RowFields:
    """Plans fields whose parents are rows, which are lists: a column's position is its place there."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    def plan(self, scope: RowScope, selected: Selected) -> Complete | Step:
        """Plan one field by its rule."""
        refused = self._planner.refused(selected)
        if refused is not None:
            return refused
        match selected.rule:
            case Property() as rule:
                return self._property(scope, selected, rule)
            case One() as rule:
                return self._one(scope, selected, rule)
            case Several() as rule:
                return self._several(scope, selected, rule)
            case Many() as rule:
                return self._many(scope, selected, rule)
            case Batched() as rule:
                return self._batched(scope, selected, rule)
            case _:
                raise Unplannable(selected.label)

    def _property(self, scope: RowScope, selected: Selected, rule: Property) -> Complete:
        names = rule.columns or (selected.field.python_name,)
        first, *others = [scope.level.place(Column(name)) for name in names]
        read = rule.read
        if read and rule.typed:
            read = partial(read, scope.type.name)
        complete = self._planner.value(scope, selected)
        if others:
            return columns((first, *others), read, complete, selected.key)
        return cell(first, read, selected.type, complete, selected.key)

    def _one(self, scope: RowScope, selected: Selected, rule: One) -> Complete | Step:
        name = selected.field.python_name
        variables: list[LiteralString] = scope.carry.split(", ")
        variable = variables[variables.index(name)] if name in variables else None
        if rule.label is None and variable is not None:
            things = registry.by_id(rule.of)
            if things.carry == things.row.subject:
                return self._joined(scope, selected, variable, things.row)
        key = scope.level.place(Column(rule.key))
        label = scope.level.place(Column(rule.label)) if rule.label else None

        def refer(row: Any, _run: Run) -> Thing | None:
            type_name = rule.of if label is None else row[label]
            return Thing(type_name, row[key]) if row[key] else None

        return self._planner.things_step(scope, selected, refer)

    def _several(self, scope: RowScope, selected: Selected, rule: Several) -> Step:
        key = scope.level.place(Column(rule.key))
        return self._planner.things_step(
            scope, selected, lambda row, _run: rule.refer(row[key]), gaps=False
        )

    def _joined(
        self, scope: RowScope, selected: Selected, variable: LiteralString, row: Columns
    ) -> Complete:
        level = Level(row)
        position = scope.level.place(Joined(self._planner.number(), variable, level))
        inner = RowScope(
            type=selected.named,
            place=selected.place,
            steps=scope.steps,
            level=level,
            carry=row.subject,
            read=scope.read,
        )
        complete = selected.guarded(self._planner.rows(inner, selected.nodes))
        key = selected.key
        return lambda row, path, run: complete(row[position], (path, key), run)

    def _many(self, scope: RowScope, selected: Selected, rule: Many) -> Complete:
        use = self._planner.list_use(selected, rule, scope.type.name)
        complete, rows, total = self._planner.list_of(scope, selected, use)
        number = use.number
        key = selected.key

        def page(row: Any, path: Path, run: Run) -> Any:
            bound = run.bound[number]
            if isinstance(bound, Exception):
                return complete(bound, (path, key), run)
            found = None if rows is None else row[rows]
            count = 0 if total is None else row[total]
            return complete(rows_of(bound, found, count), (path, key), run)

        return page

    def _batched(self, scope: RowScope, selected: Selected, rule: Batched) -> Step:
        key = scope.level.place(Column("id"))
        type_name = scope.type.name
        return self._planner.batch_step(
            scope, selected, rule, lambda row: Thing(type_name, row[key])
        )
