"""Planning: what an operation selects becomes reads, steps and conversions, once for all its runs.

`RowFields` plans what is told by rows of the graph, `ObjectFields` what is at hand as objects; each finds
a field's rule, as the schema declares it, in the field's metadata.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, GraphQLSchema, is_leaf_type

from execution.arguments import Arguments, Binding, ListBinding, PagedBinding
from execution.connection_fields import ConnectionFields
from execution.connections import Wanted
from execution.object_fields import ObjectFields
from execution.objects import constant, nothing_yet, object_of
from execution.places import place_of
from execution.reads import Read
from execution.row_fields import RowFields
from execution.scopes import ListUse, RowScope, Scope, Selected, Unplannable
from execution.steps import BatchStep, Step
from execution.things import Target, ThingsStep, thing_of
from execution.values import leaf
from graph.nesting import Level, Page, Total, things_read
from resolvers.errors import in_place
from schema import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import strawberry

    from execution.places import Place
    from execution.running import Complete, Path, Run
    from execution.selections import Nodes, Selections
    from resolvers.permission import Viewer
    from resolvers.things import Thing
    from schema.lists import Many
    from schema.things import Batched

STRAWBERRY = "strawberry-definition"


class Planner:
    """Plans one operation."""

    def __init__(
        self,
        schema: strawberry.Schema,
        core: GraphQLSchema,
        selections: Selections,
        viewer: Viewer,
    ) -> None:
        self._schema = schema
        self._viewer = viewer
        self.core = core
        self.selections = selections
        self.bindings: list[Binding] = []
        self._numbers = -1
        self._rows = RowFields(self)
        self._objects = ObjectFields(self)

    def number(self) -> int:
        """Return the next number of a step or of a join; none is given twice."""
        self._numbers += 1
        return self._numbers

    def add(self, step: Step, scope: Scope) -> Step:
        """Take a step that runs after its scope's."""
        scope.steps.append(step)
        return step

    def add_value(self, step: Step, scope: Scope, selected: Selected) -> Step:
        """Take a step whose values are at hand; what is below them runs after it."""
        below = Scope(type=scope.type, place=scope.place, steps=step.steps)
        step.complete = self.value(below, selected)
        return self.add(step, scope)

    def _object_type(self, name: str) -> GraphQLObjectType:
        """Return an object type by its name."""
        type_ = self.core.get_type(name)
        if not isinstance(type_, GraphQLObjectType):
            raise Unplannable(name)
        return type_

    def refused(self, selected: Selected) -> Complete | None:
        """Return what tells who asks for a field that it is not for them; None where it is."""
        needs = selected.needs
        if self._viewer.may(needs):
            return None
        key = selected.key
        complete = selected.guarded(nothing_yet)
        # What is wrong with the arguments is told first, as GraphQL coerces them before it resolves anything.
        number = self.bind(selected)

        def refuse(_source: Any, path: Path, run: Run) -> Any:
            bound = run.bound[number]
            wrong = isinstance(bound, Exception)
            refusal = bound if wrong else in_place(run.context.viewer.check, needs)
            return complete(refusal, (path, key), run)

        return refuse

    def bind(self, selected: Selected, *, paged: bool = False) -> int:
        """Return the number of a field's arguments."""
        arguments = self._arguments(selected)
        return self._bound(PagedBinding(arguments) if paged else Binding(arguments))

    def list_use(self, selected: Selected, many: Many, type_name: str) -> ListUse:
        """Return the use of a list that a field is, for things of a type."""
        listing = many.listing_for(type_name)
        number = self._bound(ListBinding(self._arguments(selected), many, listing))
        return ListUse(number, many, listing, Level(listing.row))

    def _arguments(self, selected: Selected) -> Arguments:
        return Arguments(self._schema, selected.definition, selected.field, selected.nodes)

    def _bound(self, binding: Binding) -> int:
        self.bindings.append(binding)
        return len(self.bindings) - 1

    def selected(
        self, scope: Scope, nodes: Nodes | None, sets: Any = None
    ) -> Iterator[tuple[str, Selected | Complete]]:
        """Yield the fields selected of a scope's type, `__typename` as what completes it."""
        found = (
            self.selections.below(scope.type, nodes)
            if nodes is not None
            else self.selections.of(scope.type, sets)
        )
        for key, each in found.items():
            name = each[0].name.value
            if name == "__typename":
                yield key, constant(scope.type.name)
                continue
            definition = scope.type.fields.get(name)
            if definition is None:
                raise Unplannable(f"{scope.type.name}.{name}")
            field = definition.extensions[STRAWBERRY]
            place = place_of(scope.place, key, definition.type)
            yield key, Selected(key, name, each, scope.type, definition, field, place)

    def rows(self, scope: RowScope, nodes: Nodes) -> Complete:
        """Return what completes an object of a row."""
        return object_of(
            (key, self._rows.plan(scope, each) if isinstance(each, Selected) else each)
            for key, each in self.selected(scope, nodes)
        )

    def objects(self, scope: Scope, nodes: Nodes | None, sets: Any = None) -> Complete:
        """Return what completes an object that is at hand."""
        return object_of(
            (key, self._objects.plan(scope, each) if isinstance(each, Selected) else each)
            for key, each in self.selected(scope, nodes, sets)
        )

    def value(self, scope: Scope, selected: Selected) -> Complete:
        """Return what completes a value that is at hand: a leaf, an object, or lists of them."""
        named = selected.named
        if is_leaf_type(named):
            return selected.guarded(leaf(named))
        if isinstance(named, GraphQLObjectType):
            inner = Scope(type=named, place=selected.items, steps=scope.steps)
            return selected.guarded(self.objects(inner, selected.nodes))
        raise Unplannable(selected.label)

    def things_step(
        self,
        scope: Scope,
        selected: Selected,
        refer: Callable[[Any, Run], Any],
        *,
        gaps: bool = True,
    ) -> Step:
        """Plan a field that is things by reference."""
        targets: dict[str, Target] = {}
        steps: list[Step] = []
        number = self.number()
        step = ThingsStep(
            number=number,
            field=selected.name,
            place=selected.place,
            complete=selected.guarded(thing_of(number, targets, steps)),
            steps=steps,
            refer=refer,
            gaps=gaps,
            targets=targets,
        )
        self.add(step, scope)
        named = selected.named
        types: Any = (
            [named] if isinstance(named, GraphQLObjectType) else self.core.get_possible_types(named)
        )
        for type_ in types:
            if registry.is_findable(type_.name):
                things = self.things(type_, selected.items, steps)
                targets[type_.name] = Target(
                    things.read,
                    self.rows(things, selected.nodes),
                    registry.needs_of(type_.name),
                )
        return step

    def batch_step(
        self, scope: Scope, selected: Selected, rule: Batched, thing: Callable[[Any], Thing]
    ) -> Step:
        """Plan a field that is worked out of all its parents at once."""
        step = BatchStep(
            number=self.number(),
            field=selected.name,
            place=selected.place,
            thing=thing,
            work_out=rule.work_out,
            takes_info="info" in inspect.signature(rule.work_out).parameters,
            binding=self.bind(selected, paged=rule.paged),
        )
        return self.add_value(step, scope, selected)

    def things(self, type_: GraphQLObjectType, place: Place | None, steps: list[Step]) -> RowScope:
        """Return the scope of things of a type that are read by id."""
        things = registry.by_id(type_.name)
        level = Level(things.row)
        read = Read(things.summary)
        read.text = lambda shapes, _ranged: things_read(things, level, shapes)
        return RowScope(
            type=type_, place=place, steps=steps, level=level, carry=things.carry, read=read
        )

    def list_of(
        self, scope: RowScope, selected: Selected, use: ListUse
    ) -> tuple[Complete, int | None, int | None]:
        """Plan a list of the scope's things: what completes it, and where its rows and total stand."""
        complete, wanted = self.connection(selected, use, scope.read, scope.steps)
        rows = total = None
        if wanted.rows:
            rows = scope.level.place(Page(use.number, use.listing, use.level))
        if wanted.total:
            total = scope.level.place(Total(use.number, use.listing))
        return complete, rows, total

    def connection(
        self, selected: Selected, use: ListUse, read: Read, steps: list[Step]
    ) -> tuple[Complete, Wanted]:
        """Return what completes a page of a list, and what of the list it takes."""
        items = RowScope(
            type=self._object_type(use.many.of),
            place=selected.place,
            steps=steps,
            level=use.level,
            carry=use.listing.carry,
            read=read,
        )
        wanted = Wanted()
        fields = ConnectionFields(self, items, use, wanted)
        scope = Scope(type=selected.named, place=selected.place, steps=steps)
        complete = object_of(
            (key, fields.of_connection(each) if isinstance(each, Selected) else each)
            for key, each in self.selected(scope, selected.nodes)
        )
        read.add(use.number, more=wanted.more)
        return selected.guarded(complete), wanted
