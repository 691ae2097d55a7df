"""How the schema's types and fields are declared, each with its description for clients.

`prop` is a property of the row, `computed` is worked out from the parent alone, `relation` by a resolver
that waits; `one`, `found` and `batched`, in `schema.things`, and `listed`, in `schema.lists`, reach what
the graph says. Each leaves its rule in the field's metadata: a plan is made of the rules, and graphql-core
runs the resolvers made of them. A description is the docstring, or the text given.
"""

import dataclasses
import inspect
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, Self, TypeVar, dataclass_transform

import strawberry
from opentelemetry import trace
from strawberry.extensions.field_extension import AsyncExtensionResolver, FieldExtension
from strawberry.types.field import StrawberryField
from strawberry.types.info import Info as StrawberryInfo

from resolvers.context import Context
from resolvers.errors import in_place
from schema import registry

RULE = "content_graph.rule"
"""Where a field's metadata says how it is declared."""
MAKES = "content_graph.makes"
"""Where a field's metadata says how many objects are made for it that the answer does not show."""

Info = StrawberryInfo[Context, None]
Class = TypeVar("Class")
Resolver = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Property:
    """A field read from columns of its parent's row; None stands for the one of the field's name.

    `read` gets the name of the parent's type first where it is `typed`.
    """

    columns: tuple[str, ...] | None
    read: Callable[..., Any] | None
    typed: bool


@dataclass(frozen=True, slots=True)
class Computed:
    """A field worked out by a function of the parent; `paged` ones take a `page`.

    One that is made `of` a single attribute is the same for all parents that have the same object there.
    """

    work_out: Callable[..., Any]
    paged: bool = False
    of: str | None = None


_tracer = trace.get_tracer("content_graph.schema")


class FieldSpan(FieldExtension):
    """One span for each relation's *path* in an operation, however many objects it runs on.

    Loader batches link to it. It lasts from the first object's start to the last one's end.
    """

    async def resolve_async(
        self,
        next_: AsyncExtensionResolver,
        source: Any,
        info: StrawberryInfo[Any, Any],
        **kwargs: Any,
    ) -> Any:
        """Resolve inside the path's span."""
        path = tuple(key for key in info.path.as_list() if isinstance(key, str))
        span = info.context.field_spans.get(path)
        if span is None:
            span = _tracer.start_span(
                info.field_name,
                attributes={"graphql.field.path": ".".join(path)},
            )
            info.context.field_spans[path] = span
        with trace.use_span(
            span, end_on_exit=False, record_exception=False, set_status_on_exception=True
        ):
            return await next_(source, info, **kwargs)


def end_field_spans(context: Context) -> None:
    """End the spans of an operation's relations; the server calls it when the operation is over."""
    ended = time.time_ns()
    for span in context.field_spans.values():
        span.end(ended)
    context.field_spans.clear()


def prop(
    description: str,
    *,
    columns: tuple[str, ...] | None = None,
    read: Callable[..., Any] | None = None,
    typed: bool = False,
) -> Any:
    """Declare a property of the row: of the column of its own name, unless others are named.

    `read` makes the field's value of the columns' values, after the type's name where it is `typed`.
    """
    rule = Property(columns=columns, read=read, typed=typed)
    return strawberry.field(description=description, metadata={RULE: rule})


def optional(description: str, default: Any = None) -> Any:
    """Declare an input's field that may be left out."""
    return strawberry.field(description=description, default=default)


def computed(
    resolver: Callable[..., Any], *, name: str | None = None, of: str | None = None
) -> Any:
    """Declare a field worked out from the parent alone; its docstring is the description.

    `of` names the one attribute of the parent that it is made of, its arguments aside: a plan completes it
    once for all parents that have the same object there.
    """
    return strawberry.field(
        resolver,
        name=name,
        description=_description(resolver),
        metadata={RULE: Computed(resolver, of=of)},
    )


def relation(resolver: Resolver) -> Any:
    """Declare a field that reaches other things; its docstring is the description."""
    return strawberry.field(
        resolver,
        description=_description(resolver),
        extensions=[FieldSpan()],
        metadata={RULE: Computed(resolver)},
    )


class Rowed:
    """A type that is made of a row."""

    @classmethod
    def from_row(cls, row: Any) -> Self:
        """Make it: properties as declared, private fields of the columns of their names.

        What a property's reading raises stands in its place: graphql-core makes it that field's error.
        """
        return cls(**{name: in_place(read, row) for name, read in _readers(cls)})


@cache
def _readers(cls: type[Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    readers: list[tuple[str, Callable[[Any], Any]]] = []
    for field in dataclasses.fields(cls):
        rule = field.metadata.get(RULE) if isinstance(field, StrawberryField) else None
        if isinstance(rule, Property):
            read = rule.read
            if read and rule.typed:
                read = partial(read, cls.__name__)
            readers.append((field.name, _reader(rule.columns or (field.name,), read)))
        elif field.init:
            readers.append((field.name, attrgetter("id" if field.name == "key" else field.name)))
    return tuple(readers)


def _reader(columns: tuple[str, ...], read: Callable[..., Any] | None) -> Callable[[Any], Any]:
    get = attrgetter(*columns)
    if read is None:
        return get
    if len(columns) == 1:
        return lambda row: read(get(row))
    return lambda row: read(*get(row))


def _description(described: Any) -> str:
    text = inspect.getdoc(described)
    if not text:
        raise TypeError(f"{described.__qualname__} needs a docstring: it is its description.")
    return text


@dataclass_transform(
    kw_only_default=True, field_specifiers=(prop, computed, relation, strawberry.field)
)
def object_type(cls: type[Class]) -> type[Class]:
    """Declare an object type; its docstring is the description."""
    made = strawberry.type(cls, description=_description(cls))
    if issubclass(made, Rowed):
        registry.made_of_rows(made.__name__, made.from_row)
    return made


@dataclass_transform(
    kw_only_default=True, field_specifiers=(prop, computed, relation, strawberry.field)
)
def interface(cls: type[Class]) -> type[Class]:
    """Declare an interface; its docstring is the description."""
    return strawberry.interface(cls, description=_description(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, optional))
def input_type(cls: type[Class]) -> type[Class]:
    """Declare an input type; its docstring is the description."""
    return strawberry.input(cls, description=_description(cls))


def arg(description: str) -> Any:
    """Return what describes an argument, inside its annotation."""
    return strawberry.argument(description=description)


__all__ = [
    "Info",
    "Rowed",
    "arg",
    "computed",
    "end_field_spans",
    "input_type",
    "interface",
    "object_type",
    "optional",
    "prop",
    "relation",
]
