"""Arguments: values of the schema's input types, written as literals, variables, or both mixed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    is_required_argument,
    is_required_input_field,
)

from tests.execution.pools import (
    COUNTRIES,
    DAYS,
    DURATIONS,
    INSTANTS,
    TERRITORIES,
    TITLES,
    WORDS,
    YEARS,
)
from tests.execution.schema_types import bare, named
from tests.execution.variables import Variables, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.execution.pools import Order, Place, Pools

DEFAULT_SIZE: Final = 20
TOO_MANY: Final = 101
OTHERS: Final = {"first": "last", "last": "first", "id": "identifier", "identifier": "id"}
"""Arguments that go against each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a value stands: the field it is given to, what that is of, and the order of its list.

    `most` is how many things there is room for. `sure`: it is to find something; `wrong`: it is most
    likely to be refused; `whole`: every field of an input is given.
    """

    place: Place
    label: str
    most: int
    order: Order = None
    sure: bool = False
    wrong: bool = False
    whole: bool = False

    @property
    def kind(self) -> float | None:
        """What kind of value a pool is to give; None leaves it to chance."""
        return 0.0 if self.wrong else 0.5 if self.sure else None


class Values:
    """The arguments of one operation's fields."""

    def __init__(self, chance: Random, pools: Pools, variables: Variables) -> None:
        self._chance = chance
        self._pools = pools
        self._variables = variables

    def arguments(
        self, place: Place, field: Any, *, most: int, favoured: str | None, sure: bool
    ) -> tuple[str, int | None]:
        """Return a field's arguments as they are written, and how many things they ask for.

        None: it lists nothing. A list that says nothing asks for twenty: never where `most` is less.
        `favoured` is an argument that is surely given; `sure`: what they say is to find something.
        """
        constants: dict[str, Any] = {}
        order: Order = None
        chosen = set(_found(field) if sure else self._chosen(field, most))
        if favoured:
            chosen = {favoured, *chosen} - {OTHERS.get(favoured)}
        for name in sorted(chosen, key=lambda each: (each != "orderBy", each)):
            argument = field.args[name]
            slot = Slot(
                place=place,
                label=named(field.type).name,
                most=most,
                order=order,
                sure=sure,
                wrong=name == favoured and self._chance.random() < 0.4,
                whole=name == favoured and self._chance.random() < 0.8,
            )
            constants[name] = self._constant(argument.type, name, slot)
            if name == "orderBy":
                order = _order(argument.type, constants[name])
        written = [
            f"{name}: "
            + self._written(
                field.args[name].type, value, name, defaulted=_defaulted(field.args[name])
            )
            for name, value in constants.items()
        ]
        self._chance.shuffle(written)
        return f"({', '.join(written)})" if written else "", _size(field, constants)

    def condition(self, *, likely: bool) -> str:
        """Return what `@skip` or `@include` is given, mostly the likely one."""
        value = likely == (self._chance.random() < 0.75)
        if self._chance.random() < 0.5:
            return json.dumps(value)
        type_ = GraphQLNonNull(GraphQLBoolean)
        return "$" + self._variables.use(type_, value, defaulted=False, name=f"if {likely}")

    def _chosen(self, field: Any, most: int) -> list[str]:
        """Return the arguments that are given."""
        chance = self._chance
        known: dict[str, Any] = field.args
        chosen = [name for name, each in known.items() if is_required_argument(each)]
        left = [name for name in known if name not in chosen]
        if {"id", "identifier"} <= set(left):
            ways: list[list[str]] = [["id"], ["identifier"], ["id", "identifier"], []]
            return chosen + chance.choices(ways, [66, 26, 4, 4])[0]
        if "first" in left:
            sizes: list[list[str]] = [["first"], ["last"], ["first", "last"], []]
            both = "last" in left
            unsaid = 10 if most >= DEFAULT_SIZE else 0
            chosen += chance.choices(sizes, [72, 16 * both, 2 * both, unsaid])[0]
            chosen += [
                name
                for name, odds in (("after", 0.2), ("before", 0.12))
                if name in left and chance.random() < odds
            ]
            left = [name for name in left if name not in ("first", "last", "after", "before")]
        return chosen + [name for name in left if chance.random() < 0.3]

    def _constant(self, type_: Any, name: str, slot: Slot) -> Any:
        """Return a value of a type as JSON has it."""
        chance = self._chance
        if not isinstance(type_, GraphQLNonNull) and not slot.sure and chance.random() < 0.04:
            return None
        plain = bare(type_)
        if isinstance(plain, GraphQLList):
            return self._list(cast("Any", plain).of_type, name, slot)
        if isinstance(plain, GraphQLInputObjectType):
            return self._object(plain, slot)
        if isinstance(plain, GraphQLEnumType):
            members = list(plain.values)
            # One member in particular, so that what it leaves is often something.
            return members[0] if slot.sure or chance.random() < 0.5 else chance.choice(members)
        return self._scalar(plain.name, name, slot)

    def _list(self, item: Any, name: str, slot: Slot) -> Any:
        chance = self._chance
        if chance.random() < 0.06:  # An item stands for a list of one.
            return self._constant(item, name, slot)
        if (
            name == "ids"
            and slot.most >= TOO_MANY
            and chance.random() < (0.5 if slot.wrong else 0.04)
        ):
            return [self._constant(item, name, slot)] * TOO_MANY
        return [self._constant(item, name, slot) for _ in range(chance.randint(3 * slot.sure, 5))]

    def _object(self, type_: GraphQLInputObjectType, slot: Slot) -> dict[str, Any]:
        chance = self._chance
        if set(type_.fields) == {"scheme", "value"}:
            label = slot.label.removesuffix("Connection")
            scheme, value = self._pools.identifier(chance, label, kind=slot.kind)
            return {"scheme": scheme, "value": value}
        required = {name for name, each in type_.fields.items() if is_required_input_field(each)}
        optional = [name for name in type_.fields if name not in required]
        # Conditions must all hold: more of them leave nothing.
        size = len(optional) if slot.whole else chance.choice([0, 1, 1, 1, 1, 2, 3])
        given = required | set(chance.sample(optional, min(size, len(optional))))
        return {
            name: self._constant(field.type, name, slot)
            for name, field in type_.fields.items()
            if name in given
        }

    def _scalar(self, kind: str, name: str, slot: Slot) -> Any:
        chance, pools = self._chance, self._pools
        territories = COUNTRIES[:3] if slot.sure else TERRITORIES[-3 if slot.wrong else 0 :]
        by_name: Mapping[str, Callable[[], Any]] = {
            "first": lambda: self._page(slot),
            "last": lambda: self._page(slot),
            "after": lambda: pools.cursor(chance, slot.place, slot.order, kind=slot.kind),
            "before": lambda: pools.cursor(chance, slot.place, slot.order, kind=slot.kind),
            "code": lambda: chance.choice(territories),
            "territory": lambda: chance.choice(territories),
            "territories": lambda: chance.choice(territories),
            "country": lambda: chance.choice(COUNTRIES),
            "text": lambda: pools.name(chance, kind=slot.kind),
            "title": lambda: chance.choice([*TITLES, pools.name(chance)]),
            "artists": lambda: pools.name(chance),
            "durationMs": lambda: chance.choice(DURATIONS),
            "nameStartsWith": lambda: pools.name(chance),
            "titleStartsWith": lambda: pools.name(chance),
        }
        by_kind: Mapping[str, Callable[[], Any]] = {
            "Int": lambda: chance.choice(YEARS),
            "Boolean": lambda: chance.random() < 0.5,
            "Date": lambda: chance.choice(DAYS),
            "DateTime": lambda: chance.choice(INSTANTS),
            "ID": lambda: self._id(name, slot),
            "_Any": lambda: pools.representation(chance, kind=slot.kind),
        }
        made = by_name.get(name) or by_kind.get(kind)
        return made() if made else chance.choice(WORDS)

    def _id(self, name: str, slot: Slot) -> str:
        """Return an id; one inside an input is now and then of anything."""
        label = _label(name, slot)
        if name not in ("id", "ids") and self._chance.random() < 0.25:
            label = None
        return self._pools.id(self._chance, label, kind=slot.kind)

    def _page(self, slot: Slot) -> int:
        """Return the size of a page, now and then one that is refused."""
        if slot.sure:
            return self._chance.randint(3, 5)
        if slot.wrong or self._chance.random() < 0.05:
            sizes = [0, -1, TOO_MANY, 2_147_483_647]
            return self._chance.choice(sizes if slot.most >= TOO_MANY else sizes[:2])
        return self._chance.randint(1, 5)

    def _written(self, type_: Any, value: Any, name: str, *, defaulted: bool = False) -> str:
        """Return a value as it is written where it stands: with variables in some of its places."""
        if self._chance.random() < 0.22:
            return "$" + self._variables.use(type_, value, defaulted=defaulted, name=name)
        plain = bare(type_)
        if isinstance(value, dict) and isinstance(plain, GraphQLInputObjectType):
            fields = [
                f"{each}: " + self._written(field.type, inside, each, defaulted=_defaulted(field))
                for each, inside in cast("dict[str, Any]", value).items()
                if (field := plain.fields[each])
            ]
            return "{" + ", ".join(fields) + "}"
        if isinstance(value, list) and isinstance(plain, GraphQLList):
            items = cast("list[Any]", value)
            if len(items) < TOO_MANY:
                item = cast("Any", plain).of_type
                return "[" + ", ".join(self._written(item, each, name) for each in items) + "]"
        return literal(value, type_)


def _found(field: Any) -> list[str]:
    """Return the arguments that find something: few conditions, and a small page."""
    known: dict[str, Any] = field.args
    chosen = [name for name, each in known.items() if is_required_argument(each)]
    return chosen + [name for name in ("id", "first") if name in known and name not in chosen]


def _defaulted(field: Any) -> bool:
    return field.default_value is not Undefined


def _order(type_: Any, value: Any) -> Order:
    """Return the order that a value of an order's type asks for."""
    if value is None:
        return None
    fields = named(type_).fields
    found: list[str] = []
    for name in ("field", "direction"):
        default = fields[name].default_value
        given = value.get(name) or getattr(default, "name", default)
        found.append(str(given))
    return (found[0], found[1])


def _label(name: str, slot: Slot) -> str | None:
    """Return the type an id is expected of: `labelId` is of a Label, `artist(id:)` of an Artist."""
    if name in ("id", "ids"):
        return slot.label
    plain = name.removesuffix("Id")
    return plain[0].upper() + plain[1:]


def _size(field: Any, constants: dict[str, Any]) -> int | None:
    for name in ("ids", "representations"):
        if name in constants:
            things = constants[name]
            return len(cast("list[Any]", things)) if isinstance(things, list) else 1
    if "first" not in field.args:
        return None
    size = constants.get("last") or constants.get("first") or DEFAULT_SIZE
    return min(max(size, 0), TOO_MANY)
