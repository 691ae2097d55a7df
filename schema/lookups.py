"""One thing of the catalogue, by id or by identifier: declared once for every type."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from graph.listings import Listing
from resolvers.things import Thing
from resolvers.things import lookup as find
from schema.criteria import pair_of
from schema.fields import Info, arg
from schema.identifiers import IdentifierInput
from schema.ids import key_of
from schema.things import found, type_name


def lookup(description: str, of: Any, all_of: Listing[Any], *, example: str = "") -> Any:
    """Declare the field that finds one thing of a type; `example` is an identifier that it bears.

    A type whose list has no filter by identifier bears none, and is found by id alone.
    """
    name = type_name(of)
    one_of = _by_either(name, all_of, example) if "identifier" in all_of.filters else _by_id(name)
    one_of.__doc__ = description
    return found(of | None)(one_of)


def _by_id(name: str) -> Callable[..., Any]:
    def one_of(id: Annotated[strawberry.ID, arg("Its global id.")]) -> Thing:
        return Thing(name, key_of(name, id))

    return one_of


def _by_either(name: str, all_of: Listing[Any], example: str) -> Callable[..., Any]:
    bears = "Or an identifier that only it bears" + (f", such as {example}." if example else ".")

    async def one_of(
        info: Info,
        id: Annotated[strawberry.ID | None, arg("Its global id.")] = None,
        identifier: Annotated[IdentifierInput | None, arg(bears)] = None,
    ) -> Thing | None:
        key = key_of(name, id) if id is not None else None
        return await find(info.context, name, all_of, key, pair_of(identifier))

    return one_of
