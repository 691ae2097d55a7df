"""Pages of lists: what a client asked for, checked and put in the graph's terms."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Self, TypeVar

from graph.cursors import decode_cursor, encode_cursor
from graph.errors import CursorInvalid
from graph.listings import Keys, ListArguments, Listing, Slice
from loaders.batching import ListLoader
from resolvers.errors import ArgumentInvalid, CursorRefused, TooMany
from standards.identifiers import Scheme, parse
from standards.text import sort_key

Row = TypeVar("Row")

_COUNTRY = re.compile("[A-Za-z]{2}")

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The part of a list a client asks for, in Relay's terms."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """The order and the filters a client asks a list for; a filter that is None is not set."""

    order: str
    descending: bool = False
    filters: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def within(self, more: Mapping[str, Any]) -> Self:
        """Return the same with more filters."""
        return replace(self, filters={**self.filters, **more}) if more else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Row]):
    """A slice of a list with its cursors; `total` counts the whole list when it is asked for."""

    rows: tuple[Row, ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool
    total: Callable[[], Awaitable[int]]


async def page_of(
    loader: ListLoader[Row], parent: str, page: Page, criteria: Criteria
) -> Listed[Row]:
    """Return the page asked for of the parent's list ("" for a list of the whole graph).

    Raises ArgumentInvalid or TooMany, naming the argument.
    """
    arguments = list_arguments(loader.listing, page, criteria)
    tag = order_tag(criteria)
    found: Slice[Row] = await loader.load(parent, arguments)
    return Listed(
        rows=found.rows,
        cursors=tuple(encode_cursor(tag, keys) for keys in found.keys),
        has_next=found.has_next,
        has_previous=found.has_previous,
        total=lambda: loader.count(parent, arguments.filters),
    )


def list_arguments(listing: Listing[Any], page: Page, criteria: Criteria) -> ListArguments:
    """Return what is asked for in the graph's terms; raise ArgumentInvalid or TooMany."""
    filters = normal_filters(criteria.filters)
    width = len(listing.orders[criteria.order].ascending)
    limit, backward = page_size(page)
    tag = order_tag(criteria)
    return ListArguments(
        limit=limit,
        order=criteria.order,
        descending=criteria.descending,
        backward=backward,
        after=cursor_keys("after", tag, page.after, width),
        before=cursor_keys("before", tag, page.before, width),
        filters=filters,
    )


def page_size(page: Page) -> tuple[int, bool]:
    """Return how many rows are asked for, and whether from the end."""
    if page.first is not None and page.last is not None:
        raise ArgumentInvalid("last", "give first or last, not both")
    name, size = ("last", page.last) if page.last is not None else ("first", page.first)
    if size is None:
        return DEFAULT_PAGE, False
    if size < 1:
        raise ArgumentInvalid(name, "must be at least 1")
    if size > LARGEST_PAGE:
        raise TooMany(name, f"must be at most {LARGEST_PAGE}")
    return size, name == "last"


def order_tag(criteria: Criteria) -> str:
    """Return the name an order has inside cursors."""
    return f"{criteria.order} DESC" if criteria.descending else criteria.order


def cursor_keys(argument: str, tag: str, cursor: str | None, width: int) -> Keys | None:
    """Return the keys in a cursor; raise ArgumentInvalid where this list did not make it."""
    if cursor is None:
        return None
    try:
        return decode_cursor(tag, cursor, width)
    except CursorInvalid as error:
        raise CursorRefused(argument, str(error)) from error


def normal_filters(filters: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return the filters that are set, by name, their values as the graph keeps them."""
    return tuple(
        (name, _NORMAL[name](value) if name in _NORMAL else value)
        for name, value in sorted(filters.items())
        if value is not None
    )


def identifier_key(scheme: Scheme, value: str, argument: str = "identifier") -> str:
    """Return the key a valid identifier has in the graph; raise ArgumentInvalid for an invalid one."""
    parsed = parse(scheme, value)
    if not parsed.valid or parsed.value is None:
        reason = parsed.reason.sentence if parsed.reason else "it is not valid"
        raise ArgumentInvalid(argument, f"not a valid {scheme.value}: {reason}")
    return f"{scheme.value}:{parsed.value}"


def _country(value: str) -> str:
    if not _COUNTRY.fullmatch(value):
        raise ArgumentInvalid("country", "give ISO 3166-1 alpha-2, such as DE")
    return value.upper()


_NORMAL: Mapping[str, Callable[[Any], Any]] = {
    "name_prefix": sort_key,
    "title_prefix": sort_key,
    "country": _country,
    "identifier": lambda pair: identifier_key(*pair),
    "identity": lambda pair: identifier_key(*pair, argument="identity"),
}
