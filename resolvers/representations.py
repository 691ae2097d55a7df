"""Things as other subgraphs refer to them: by a type's name and one of its keys."""

from typing import Any

from resolvers.context import Context
from resolvers.errors import AmbiguousIdentifier
from resolvers.lists import identifier_key
from resolvers.things import Thing


async def bearer(context: Context, type_name: str, scheme: Any, value: str) -> Thing | None:
    """Return the only thing of a type that bears the identifier, or None; those of a request share reads.

    Raises ArgumentInvalid for an invalid one, AmbiguousIdentifier for several bearers.
    """
    key = identifier_key(scheme, value, "representations")
    found = await context.loaders.identifiers.bearers[type_name].load(key)
    if not found:
        return None
    if len(found) > 1:
        raise AmbiguousIdentifier("representations", f"several things bear {key}")
    return Thing(type_name, found[0])
