"""What gateways and other subgraphs ask: things by the keys that stand for them, and the schema's text.

Specification: Apollo Federation subgraph, "Fetch service capabilities" and "Resolving entities".
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Final, NamedTuple, NewType, cast

import strawberry

from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.representations import bearer
from resolvers.things import Thing
from schema import registry
from schema.artists import Artist
from schema.conflicts import Conflict
from schema.deals import Deal
from schema.fields import Info, arg, computed, prop
from schema.identity import IdentityLink
from schema.ids import key_of
from schema.labels import Label
from schema.parties import Party
from schema.policy import PolicyFlag
from schema.recordings import Recording
from schema.releases import Release
from schema.rights import Agreement, Claim
from schema.things import found
from schema.works import Work

MOST_REPRESENTATIONS: Final = 1_000

Representation = NewType("Representation", object)
REPRESENTATION: Final = strawberry.scalar(
    name="_Any",
    description="A thing by reference: `__typename`, and the fields of one of its keys.",
)

_Entity = Annotated[
    Artist
    | Recording
    | Work
    | Release
    | Label
    | Party
    | Claim
    | Agreement
    | Deal
    | Conflict
    | IdentityLink
    | PolicyFlag,
    strawberry.union("_Entity", description="Whatever other subgraphs can refer to."),
]


@strawberry.type(name="_Service", description="This schema, as gateways compose it.")
class Service:
    """This schema, as gateways compose it."""

    sdl: str = prop("Its text, with the directives of Apollo Federation.")


@strawberry.type
class FederationQuery:
    """Where gateways and other subgraphs start."""

    @found(list[_Entity | None], name="_entities")
    async def entities(
        self,
        info: Info,
        representations: Annotated[
            list[Representation],
            arg(f"References to things, at most {MOST_REPRESENTATIONS}."),
        ],
    ) -> list[Thing | Exception | None]:
        """Things by reference, in the references' order; null in place of what is not there."""
        if len(representations) > MOST_REPRESENTATIONS:
            raise TooMany("representations", f"must be at most {MOST_REPRESENTATIONS}")
        named = [_named(info, each) for each in representations]
        # A task only for what has to be looked for: most are named by their ids, or name nothing.
        sought = await asyncio.gather(
            *(bearer(info.context, *each) for each in named if isinstance(each, _Borne)),
            return_exceptions=True,
        )
        borne = iter(cast("list[Thing | Exception | None]", sought))
        return [next(borne) if isinstance(each, _Borne) else each for each in named]

    @partial(computed, name="_service")
    def service(self, info: Info) -> Service:
        """This schema, as gateways compose it."""
        return Service(sdl=info.context.served.sdl)


class _Borne(NamedTuple):
    """An identifier as `bearer` takes it: which thing bears it has to be looked for."""

    type: str
    scheme: Any
    value: str


def _named(info: Info, representation: Any) -> Thing | Exception | _Borne:
    """Return what a representation names; an error that is about it alone is its own."""
    try:
        return _referred(info, representation)
    except ArgumentInvalid as error:
        return error


def _referred(info: Info, representation: Any) -> Thing | _Borne:
    given = cast("Mapping[str, Any]", representation if isinstance(representation, dict) else {})
    name = given.get("__typename")
    if not isinstance(name, str) or name not in info.context.served.entities:
        raise ArgumentInvalid("representations", "`__typename` names no entity of this subgraph")
    if given.get("id") is not None:
        return Thing(name, key_of(name, _text(given["id"]), "representations"))
    for field, scheme in registry.keys_of(name).items():
        if given.get(field) is not None:
            return _Borne(name, scheme, _text(given[field]))
    raise ArgumentInvalid("representations", f"one of {name}'s keys is wanted, such as `id`")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ArgumentInvalid("representations", "a key's value is text")
    return value
