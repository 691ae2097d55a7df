"""Single things, declared: by a column, or by what a function finds; and what is worked out of many."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

import strawberry
from strawberry.extensions.field_extension import AsyncExtensionResolver, FieldExtension

from resolvers.things import Thing
from schema import registry
from schema.fields import RULE, FieldSpan, Info


@dataclass(frozen=True, slots=True)
class One:
    """A field that is the thing whose id stands in column `key`, and whose type in `label` or is `of`.

    Where the parent was read through a list, the thing is the Cypher variable of the field's name.
    """

    of: str
    key: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Several:
    """A field that is the things of a type whose ids stand, as a list, in column `key`."""

    of: str
    key: str

    def refer(self, ids: Sequence[str] | None) -> list[Thing]:
        """Return what the ids refer to."""
        return [Thing(self.of, each) for each in ids or ()]


@dataclass(frozen=True, slots=True)
class Found:
    """A field whose function returns a Thing or None, or a list of them or of errors in their places.

    Without `gaps`, a list leaves out what is not there.
    """

    find: Callable[..., Any]
    gaps: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A field whose function returns whole rows of things of a type, as they are read by id."""

    tell: Callable[[Any], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Batched:
    """A field worked out of all parents of a level at once: one value, or error, for each Thing.

    `paged` ones take a `page`.
    """

    work_out: Callable[..., Awaitable[Sequence[Any]]]
    paged: bool = False


def one(description: str, of: Any, key: str, *, label: str | None = None) -> Any:
    """Declare the one thing whose id the row has in column `key`."""
    rule = One(type_name(of), key, label)

    def find(self: Any) -> Thing:
        return Thing(getattr(self, label) if label else rule.of, getattr(self, key))

    return strawberry.field(
        find,
        description=description,
        graphql_type=of | None,
        extensions=[FieldSpan(), _Read(gaps=True, of=rule.of)],
        metadata={RULE: rule},
    )


def several(description: str, of: Any, key: str) -> Any:
    """Declare the things whose ids the row has, as a list, in column `key`; what is gone is left out."""
    rule = Several(type_name(of), key)

    def find(self: Any) -> list[Thing]:
        return rule.refer(getattr(self, key))

    return strawberry.field(
        find,
        description=description,
        graphql_type=list[of],
        extensions=[FieldSpan(), _Read(gaps=False)],
        metadata={RULE: rule},
    )


def found(
    of: Any, *, gaps: bool = True, name: str | None = None
) -> Callable[[Callable[..., Any]], Any]:
    """Declare a field by what its function finds; its docstring is the description."""

    def declare(find: Callable[..., Any]) -> Any:
        return strawberry.field(
            find,
            name=name,
            description=inspect.getdoc(find),
            graphql_type=of,
            extensions=[FieldSpan(), _Read(gaps=gaps)],
            metadata={RULE: Found(find, gaps)},
        )

    return declare


def told(of: Any) -> Callable[[Callable[[Any], Sequence[Any]]], Any]:
    """Declare a list of things whose rows its function has at hand; its docstring is the description."""

    def declare(tell: Callable[[Any], Sequence[Any]]) -> Any:
        name = type_name(of)

        def things(self: Any) -> list[Any]:
            make = registry.maker(name)
            return [make(row) for row in tell(self)]

        return strawberry.field(
            things,
            description=inspect.getdoc(tell),
            graphql_type=list[of],
            metadata={RULE: Told(tell)},
        )

    return declare


def batched(
    work_out: Callable[..., Awaitable[Sequence[Any]]],
    of: Any,
    *,
    paging: FieldExtension | None = None,
) -> Any:
    """Declare a field worked out of all parents at once; its docstring is the description.

    `paging` gives a connection its arguments. The function takes
    `parents: strawberry.Parent[list[Thing]]` and returns a value for each, or an error in its place.
    """
    return strawberry.field(
        work_out,
        description=inspect.getdoc(work_out),
        graphql_type=of,
        extensions=[FieldSpan(), *((paging,) if paging else ()), _EachOfMany()],
        metadata={RULE: Batched(work_out, paged=paging is not None)},
    )


class _Read(FieldExtension):
    """Reads the things that a field's function finds."""

    def __init__(self, *, gaps: bool, of: str | None = None) -> None:
        self._gaps = gaps
        self._of = of

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any
    ) -> Any:
        """Return the thing, or the things."""
        found: Any = await next_(source, info, **kwargs)
        if not isinstance(found, list):
            thing = await _read(info, found)
            if thing is not None and self._of:
                check_kind(cast("type[Any]", type(thing)), self._of)
            return thing
        places = cast("list[Any]", found)
        # A failure stands in its own place, as an error of that item.
        things: list[Any] = await asyncio.gather(
            *(_read(info, each) for each in places), return_exceptions=True
        )
        return things if self._gaps else [each for each in things if each is not None]


async def _read(info: Info, found: Thing | Exception | None) -> Any:
    if isinstance(found, Exception):
        raise found
    if not found or not found.key:
        return None
    return await registry.thing(info.context, found.type, found.key)


def check_kind(found: type[Any], of: str) -> None:
    """Raise TypeError unless a type is the one meant, or one of its kind."""
    if all(base.__name__ != of for base in found.__mro__):
        raise TypeError(f"{found.__name__} is no {of}.")


class _EachOfMany(FieldExtension):
    """Runs a batch function for one parent; its loaders make one batch of all parents."""

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any
    ) -> Any:
        """Return the parent's own value; graphql-core raises one that is an error."""
        kwargs["parents"] = [Thing(type(source).__name__, source.key)]
        [value] = await next_(source, info, **kwargs)
        return value


@cache
def type_name(reference: Any) -> str:
    """Return the name of a type, or of the type that a lazy reference stands for."""
    if isinstance(reference, type):
        return reference.__name__
    forward = get_args(reference)[0]
    return getattr(forward, "__forward_arg__", None) or forward.__name__
