"""Things by reference: their type and our id, whoever reads them."""

from typing import Any, NamedTuple

from graph.listings import Listing
from resolvers.context import Context
from resolvers.errors import AmbiguousIdentifier, ArgumentInvalid
from resolvers.lists import Criteria, Page, page_of


class Thing(NamedTuple):
    """A thing of a type, by our id; whether there is one shows when it is read.

    A tuple, since there are very many: a fourth of what making a frozen dataclass takes.
    """

    type: str
    key: str


async def lookup(
    context: Context,
    type_name: str,
    all_of: Listing[Any],
    key: str | None,
    identifier: tuple[Any, str] | None,
) -> Thing | None:
    """Return the thing with the id, or the only one that bears the identifier, or None.

    Raises ArgumentInvalid unless exactly one of them is given, AmbiguousIdentifier for several bearers.
    """
    if (key is None) == (identifier is None):
        raise ArgumentInvalid("id", "give id or identifier, one of them")
    if key is not None:
        return Thing(type_name, key)
    criteria = Criteria(order=next(iter(all_of.orders)), filters={"identifier": identifier})
    found = await page_of(context.loaders.lists.of(all_of), "", Page(first=2), criteria)
    if len(found.rows) > 1:
        raise AmbiguousIdentifier(
            "identifier", "several things bear it; the list with this filter tells them all"
        )
    return Thing(type_name, found.rows[0].id) if found.rows else None
