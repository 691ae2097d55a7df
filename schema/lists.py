"""Relations, declared: the lists of things that a type reaches in the graph.

A declaration names the pattern in `graph`, and how the arguments become order and filters.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions.field_extension import AsyncExtensionResolver, FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from graph.listings import Listing
from resolvers.lists import DEFAULT_PAGE, LARGEST_PAGE, Criteria, Page, page_of
from resolvers.permission import Viewer
from schema import registry
from schema.connections import Connection, Direction, connection
from schema.fields import RULE, Computed, FieldSpan
from schema.things import type_name

Within = Callable[[Viewer], Mapping[str, Any]]
"""Returns the filters that a list has for a viewer, whatever is asked; none where they see all of it."""

ListingOf = Listing[Any] | Mapping[str, Listing[Any]]
"""A list, or one for each label of thing that the field's type can be."""


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """A field that is a connection over a list of things of type `of`.

    `criteria` turns the field's own arguments into order and filters.
    """

    listing: ListingOf
    of: str
    criteria: Callable[..., Criteria]
    within: Within | None = None
    """What of the list each viewer sees; None where everybody sees all of it."""

    def listing_for(self, type_name: str) -> Listing[Any]:
        """Return the list that things of a type have."""
        return self.listing if isinstance(self.listing, Listing) else self.listing[type_name]


def listed(
    listing: ListingOf, of: Any, *, within: Within | None = None
) -> Callable[[Callable[..., Criteria]], Any]:
    """Declare a connection: the function turns the field's own arguments into order and filters.

    Its docstring is the description; the paging arguments come by themselves.
    """

    def declare(criteria: Callable[..., Criteria]) -> Any:
        rule = Many(listing, type_name(of), criteria, within)
        return strawberry.field(
            criteria,
            description=inspect.getdoc(criteria),
            graphql_type=Connection[of] | None,
            extensions=[FieldSpan(), Listed(rule)],
            metadata={RULE: rule},
        )

    return declare


def paged(resolver: Callable[..., Awaitable[Any]]) -> Any:
    """Declare a connection that is worked out; the resolver takes `page`, clients see its arguments."""
    return strawberry.field(
        resolver,
        description=inspect.getdoc(resolver),
        extensions=[FieldSpan(), Paged()],
        metadata={RULE: Computed(resolver, paged=True)},
    )


class Paged(FieldExtension):
    """Gives a worked out connection its paging arguments and hands them over as one `page`."""

    def apply(self, field: StrawberryField) -> None:
        """Replace the resolver's `page` by the arguments clients see."""
        own = [argument for argument in field.arguments if argument.python_name != "page"]
        field.arguments = [*own, *paging_arguments()]

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Any, **kwargs: Any
    ) -> Any:
        """Resolve with the page asked for."""
        page = page_from(kwargs)
        return await next_(source, info, page=page, **kwargs)


class Listed(FieldExtension):
    """Gives a connection field its paging arguments, and the page they ask for."""

    def __init__(self, rule: Many) -> None:
        self._rule = rule

    def apply(self, field: StrawberryField) -> None:
        """Add the paging arguments to the field's own."""
        field.arguments = [*field.arguments, *paging_arguments()]

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Any, **kwargs: Any
    ) -> Any:
        """Return the page asked for."""
        page = page_from(kwargs)
        criteria: Criteria = await next_(source, info, **kwargs)
        if self._rule.within is not None:
            criteria = criteria.within(self._rule.within(info.context.viewer))
        listing = self._rule.listing_for(type(source).__name__)
        loader = info.context.loaders.lists.of(listing)
        parent = source.key if listing.start else ""
        found = await page_of(loader, parent, page, criteria)
        return connection(found, registry.maker(self._rule.of))


def by(order: Any, default: str, **filters: Any) -> Criteria:
    """Return an order and filters; `order` is an input with `field` and `direction`, or None."""
    if order is None:
        return Criteria(order=default, filters=filters)
    descending = order.direction is Direction.DESC
    return Criteria(order=order.field.value, descending=descending, filters=filters)


def page_from(arguments: dict[str, Any]) -> Page:
    """Take the paging arguments out of a field's arguments."""
    return Page(**{name: arguments.pop(name, None) for name, *_ in _PAGING})


_PAGING = (
    ("first", int, f"How many from the start: 1–{LARGEST_PAGE}, {DEFAULT_PAGE} unless told."),
    ("after", str, "Only what follows this cursor."),
    ("last", int, f"How many from the end: 1–{LARGEST_PAGE}; not together with `first`."),
    ("before", str, "Only what precedes this cursor."),
)


def paging_arguments() -> list[StrawberryArgument]:
    """Return the four arguments of every connection, as Relay names them."""
    return [
        StrawberryArgument(
            python_name=name,
            graphql_name=name,
            type_annotation=StrawberryAnnotation(kind | None),
            description=description,
            default=None,
        )
        for name, kind, description in _PAGING
    ]
