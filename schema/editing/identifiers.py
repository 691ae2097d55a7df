"""Identifiers that things bear, added and taken away."""

from typing import Annotated

import strawberry

from resolvers import linking
from resolvers.permission import PARTY_EDITING
from schema.editing.entities import EntityPayload, side
from schema.fields import Info, arg, input_type, prop
from schema.schemes import IdentifierScheme
from schema.writing import Rewriting, asked, given, mutation, told


@input_type
class ItsIdentifier(Rewriting):
    """A thing and an identifier."""

    scheme: IdentifierScheme = prop("Whose identifier it is.")
    value: str = prop("The identifier, as it is written; it is kept so, beside its normal form.")


@input_type
class AddIdentifierInput(ItsIdentifier):
    """An identifier that a thing bears."""


@input_type
class RemoveIdentifierInput(ItsIdentifier):
    """An identifier that a thing does not bear."""


@strawberry.type
class IdentifierMutation:
    """Where clients change which identifiers things bear."""

    @mutation(PARTY_EDITING)
    async def add_identifier(
        self, info: Info, input: Annotated[AddIdentifierInput, arg("What bears which identifier.")]
    ) -> EntityPayload | None:
        """Say that a thing bears an identifier. An invalid one is kept as evidence, and never links."""
        return await _changed(info, "addIdentifier", input, added=True)

    @mutation(PARTY_EDITING)
    async def remove_identifier(
        self,
        info: Info,
        input: Annotated[RemoveIdentifierInput, arg("What does not bear which identifier.")],
    ) -> EntityPayload | None:
        """Say that a thing does not bear an identifier, in whatever way it is written, whoever said so.

        No load of a source brings back what is taken away.
        """
        return await _changed(info, "removeIdentifier", input, added=False)


async def _changed(info: Info, name: str, input_: ItsIdentifier, *, added: bool) -> EntityPayload:
    outcome = await linking.identifier(
        info.context, asked(name, input_), side(info, input_), given(input_), added=added
    )
    return EntityPayload(**told(outcome))
