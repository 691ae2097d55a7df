"""Valid operations over the schema, made of a seed: every field, argument and kind of selection.

Nothing here knows a type of the schema by name; what arguments are given comes from the pools.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Final, cast

from graphql import GraphQLObjectType, is_leaf_type
from hypothesis import strategies as st

from resolvers.permission import ANONYMOUS, EVERYTHING, Role, Viewer
from tests.execution.routes import Goal, distances, goals, leaves, overlapping, weighted
from tests.execution.schema_types import SCHEMA, Composite, fields_of, named
from tests.execution.scopes import FragmentScope, Names, Scope
from tests.execution.values import Values
from tests.execution.variables import Variables
from tests.execution.ways import Operation

if TYPE_CHECKING:
    from tests.execution.pools import Pools

VIEWERS: Final = (
    *(EVERYTHING,) * 6,
    ANONYMOUS,
    Viewer(subject="an analyst", roles=frozenset({Role.RIGHTS_ANALYST})),
)
DEEPEST: Final = 11
WIDEST: Final = 120
"""How many objects one level may come to, every page being full."""
LEAF: Final = 19
CLOSER: Final = 20
"""How much likelier a field is that leads towards the goal."""


def operations(pools: Pools) -> st.SearchStrategy[Operation]:
    """Return operations by seed: hypothesis only chooses seeds, which is what makes it fast.

    `tests.execution.shrinking` makes what fails small.
    """
    return st.integers(min_value=0, max_value=2**63 - 1).map(lambda seed: made(seed, pools))


def made(seed: int, pools: Pools, goal: Goal | None = None) -> Operation:
    """Return the operation of a seed, which goes to a field first if one is given."""
    return _Made(seed, pools, goal).operation()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fragment:
    name: str
    on: Composite
    body: str
    depth: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A field as it was asked for: to be asked for again with other selections."""

    text: str
    of: Composite
    response: str
    width: int


class _Made:
    def __init__(self, seed: int, pools: Pools, goal: Goal | None) -> None:
        chance = Random(seed)  # noqa: S311 - the same operation each time.
        self._chance = chance
        self._variables = Variables(chance)
        self._values = Values(chance, pools, self._variables)
        self._names = Names(chance)
        self._fragments: list[_Fragment] = []
        self._left = chance.choice([8, 16, 24, 32, 48, 64])
        self._reached = (0, 0)
        # Seeds in a row have goals in a row: a few hundred of them reach everything.
        self._goals = islice(cycle(goals()), 2 * seed % len(goals()), None)
        self._goal = goal or next(self._goals)
        self._deepest = max(chance.randint(4, DEEPEST), min(_far(self._goal) + 2, DEEPEST))

    def operation(self) -> Operation:
        chance = self._chance
        root = cast("GraphQLObjectType", SCHEMA.query_type)
        body = self._selections(root, Scope(self._names), depth=1, width=1)
        parts = [f"fragment {each.name} on {each.on.name} {each.body}" for each in self._fragments]
        used = set(re.findall(r"\$(\w+)", "\n".join([body, *parts])))
        declared = [each for name, each in self._variables.definitions.items() if name in used]
        name = chance.choice([None, "Main"])
        head = f"query {name or ''}" + (f"({', '.join(declared)}) " if declared else " ")
        parts.insert(chance.randint(0, len(parts)), head + body)
        if name and chance.random() < 0.1:
            parts.insert(chance.randint(0, len(parts)), "query Other { __typename }")
        elif chance.random() < 0.5:
            name = None
        if chance.random() < 0.05:
            self._variables.spoil()
        if chance.random() < 0.05:
            self._variables.values["unasked"] = 1
        return Operation(
            text="\n".join(parts),
            variables=self._variables.values,
            name=name,
            viewer=chance.choice(VIEWERS),
        )

    def _selections(self, parent: Composite, scope: Scope, *, depth: int, width: int) -> str:
        """Return a selection set on a type."""
        chance = self._chance
        self._reached = (max(self._reached[0], depth), max(self._reached[1], width))
        found: list[str] = []
        asked: list[_Asked] = []
        for _ in range(chance.choice([1, 2, 2, 3, 3, 4, 5, 7])):
            if self._left <= 0 and found:
                break
            # Where nothing is left to spend, only a leaf is asked for.
            match chance.randrange(20) if self._left > 0 else LEAF:
                case 0:
                    found.append(self._typename())
                case 1 | 2 if not isinstance(parent, GraphQLObjectType):
                    found.append(self._inline(parent, scope, depth=depth, width=width))
                case 3:
                    found.append(self._inline(parent, scope, depth=depth, width=width))
                case 4:
                    found.append(self._spread(parent, depth=depth, width=width))
                case 5 if asked:
                    found.append(self._again(chance.choice(asked), scope, depth=depth))
                case _:
                    found.append(self._field(parent, scope, asked, depth=depth, width=width))
        found += self._leaves(parent, scope)
        return "{ " + " ".join(found) + " }"

    def _leaves(self, parent: Composite, scope: Scope) -> list[str]:
        """Return some leaves more: they cost little, and are what data is made of."""
        names = leaves(parent)
        size = self._chance.choice([0, 0, 1, 3])
        return [
            _as(scope.name(parent, name, "", fields_of(parent)[name]), name)
            for name in (self._chance.choices(names, k=size) if names else ())
        ]

    def _typename(self) -> str:
        alias = f"{self._names.fresh()}: " if self._chance.random() < 0.2 else ""
        return f"{alias}__typename{self._directives()}"

    def _field(
        self, parent: Composite, scope: Scope, asked: list[_Asked], *, depth: int, width: int
    ) -> str:
        self._left -= 1
        name = self._chosen(parent, depth=depth, width=width)
        if name is None:
            return self._typename()
        # On the way to a field it is to be answered; an argument may be refused.
        sure = self._goal.argument is None and self._leads(parent, name)
        favoured = self._arrived(parent, name)
        field = fields_of(parent)[name]
        arguments, size = self._values.arguments(
            (parent.name, name), field, most=WIDEST // width, favoured=favoured, sure=sure
        )
        response = scope.name(parent, name, arguments, field)
        text = _as(response, name) + arguments
        of = named(field.type)
        if is_leaf_type(of):
            return text + self._directives()
        once = _Asked(text=text, of=of, response=response, width=width * max(size or 1, 1))
        asked.append(once)
        return self._again(once, scope, depth=depth, sure=sure)

    def _chosen(self, parent: Composite, *, depth: int, width: int) -> str | None:
        """Return a field, most likely one that leads to the goal."""
        only_leaves = self._left <= 0 or depth >= self._deepest
        names, weights = weighted(parent, only_leaves, width >= WIDEST)
        if not names:
            return None
        likely = [
            weight * (CLOSER if self._leads(parent, name) else 1)
            for name, weight in zip(names, weights, strict=True)
        ]
        return self._chance.choices(names, likely)[0]

    def _leads(self, parent: Composite, name: str) -> bool:
        """Whether a field is the goal, or nearer to it."""
        if parent.name == self._goal.type_name:
            return name == self._goal.field
        far = distances(self._goal.type_name)
        here = far.get(parent.name, 0)
        return far.get(named(fields_of(parent)[name].type).name, here) < here

    def _arrived(self, parent: Composite, name: str) -> str | None:
        """Return the argument to be given where the goal is reached, and set out for another."""
        if (parent.name, name) != (self._goal.type_name, self._goal.field):
            return None
        favoured, self._goal = self._goal.argument, next(self._goals)
        return favoured

    def _again(self, asked: _Asked, scope: Scope, *, depth: int, sure: bool = False) -> str:
        within = scope.below(asked.response)
        below = self._selections(asked.of, within, depth=depth + 1, width=asked.width)
        return f"{asked.text}{'' if sure else self._directives()} {below}"

    def _inline(self, parent: Composite, scope: Scope, *, depth: int, width: int) -> str:
        types, weights = overlapping(parent)
        [narrowed] = self._chance.choices(types, weights)
        condition = f" on {narrowed.name}"
        if narrowed is parent and self._chance.random() < 0.5:
            condition = ""
        self._left -= 1
        body = self._selections(narrowed, scope, depth=depth, width=width)
        return f"...{condition}{self._directives()} {body}"

    def _spread(self, parent: Composite, *, depth: int, width: int) -> str:
        types, weights = overlapping(parent)
        known = [
            each.name
            for each in self._fragments
            if each.on in types and depth + each.depth <= DEEPEST and width * each.width <= WIDEST
        ]
        if known and self._chance.random() < 0.6:
            name = self._chance.choice(known)
        else:
            [on] = self._chance.choices(types, weights)
            name = self._fragment(on, depth=depth, width=width)
        return f"...{name}{self._directives()}"

    def _fragment(self, on: Composite, *, depth: int, width: int) -> str:
        self._left -= 1
        before, self._reached = self._reached, (depth, width)
        body = self._selections(on, FragmentScope(self._names), depth=depth, width=width)
        deepest, widest = self._reached
        self._reached = (max(before[0], deepest), max(before[1], widest))
        name = f"F{len(self._fragments) + 1}"
        self._fragments.append(
            _Fragment(name=name, on=on, body=body, depth=deepest - depth, width=-(-widest // width))
        )
        return name

    def _directives(self) -> str:
        if self._chance.random() > 0.07:
            return ""
        kinds = self._chance.choice([["include"], ["skip"], ["include", "skip"]])
        return "".join(
            f" @{kind}(if: {self._values.condition(likely=kind == 'include')})" for kind in kinds
        )


def _far(goal: Goal) -> int:
    """Return how many fields the goal is away from the root."""
    return distances(goal.type_name).get(cast("GraphQLObjectType", SCHEMA.query_type).name, 0)


def _as(response: str, name: str) -> str:
    """Return a field as it is asked for under a response name."""
    return name if response == name else f"{response}: {name}"
