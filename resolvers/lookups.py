"""One thing, by our id or by an outside identifier."""

from typing import Any, TypeVar

from loaders.batching import BatchLoader, ListLoader
from resolvers.errors import AmbiguousIdentifier, ArgumentInvalid
from resolvers.lists import ListRequest, Page, page_of

Row = TypeVar("Row")


async def lookup(
    by_id: BatchLoader[str, Row],
    all_of: ListLoader[Row],
    order: str,
    key: str | None,
    identifier: tuple[Any, str] | None,
) -> Row | None:
    """Return the thing with the id, or the only one that bears the identifier, or None.

    Raises ArgumentInvalid unless exactly one of them is given, AmbiguousIdentifier for several bearers.
    """
    if (key is None) == (identifier is None):
        raise ArgumentInvalid("id", "give id or identifier, one of them")
    if key is not None:
        return await by_id.load(key)
    request = ListRequest(page=Page(first=2), order=order, filters={"identifier": identifier})
    found = await page_of(all_of, "", request)
    if len(found.rows) > 1:
        raise AmbiguousIdentifier(
            "identifier", "several things bear it; the list with this filter tells them all"
        )
    return found.rows[0] if found.rows else None
