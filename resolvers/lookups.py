"""One thing, by our id or by an outside identifier."""

from typing import Any, TypeVar

from graph.listings import Listing
from loaders.batching import BatchLoader
from resolvers.context import Context
from resolvers.errors import AmbiguousIdentifier, ArgumentInvalid
from resolvers.lists import Criteria, Page, page_of

Row = TypeVar("Row")


async def lookup(  # noqa: PLR0913, PLR0917 - what differs between the things looked up.
    context: Context,
    by_id: BatchLoader[str, Row],
    all_of: Listing[Row],
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
    criteria = Criteria(order=order, filters={"identifier": identifier})
    found = await page_of(context.loaders.lists.of(all_of), "", Page(first=2), criteria)
    if len(found.rows) > 1:
        raise AmbiguousIdentifier(
            "identifier", "several things bear it; the list with this filter tells them all"
        )
    return found.rows[0] if found.rows else None
