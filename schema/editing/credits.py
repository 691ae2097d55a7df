"""Credits on recordings, releases and works, added and taken away."""

from typing import Annotated

import strawberry

from resolvers import linking
from resolvers.permission import CATALOGUE_EDITING
from resolvers.things import Thing
from schema.editing.entities import EntityPayload, side
from schema.enums import CreditRole
from schema.fields import Info, arg, input_type, optional, prop
from schema.ids import key_of
from schema.writing import Rewriting, asked, given, mutation, told


@input_type
class ItsCredit(Rewriting):
    """A recording, release or work, and what an artist did on it."""

    artist: strawberry.ID = prop("The global id of the artist.")
    role: CreditRole = prop("What they did.")
    position: int = optional("Their place in the printed credit, from 0.", 0)
    expected_artist_version: int | None = optional(
        "The version that the artist was looked at: if there is another by now, nothing is changed."
    )


@input_type
class AddCreditInput(ItsCredit):
    """A credit to be added."""

    credited_as: str | None = optional("The name as printed, where it differs.")
    join_phrase: str | None = optional('What is printed after the name, such as " feat. ".')


@input_type
class RemoveCreditInput(ItsCredit):
    """A credit to be taken away."""


@strawberry.type
class CreditMutation:
    """Where clients change who is credited for what."""

    @mutation(CATALOGUE_EDITING)
    async def add_credit(
        self, info: Info, input: Annotated[AddCreditInput, arg("Who did what on what.")]
    ) -> EntityPayload | None:
        """Credit an artist on a recording, release or work: once in a role and place.

        To say it otherwise, take it away and add it again.
        """
        return await _changed(info, "addCredit", input, added=True)

    @mutation(CATALOGUE_EDITING)
    async def remove_credit(
        self, info: Info, input: Annotated[RemoveCreditInput, arg("Who did not do what on what.")]
    ) -> EntityPayload | None:
        """Take an artist's credit in a role and place away, whoever said it; no load brings it back."""
        return await _changed(info, "removeCredit", input, added=False)


async def _changed(info: Info, name: str, input_: ItsCredit, *, added: bool) -> EntityPayload:
    artist = linking.Side(
        thing=Thing("Artist", key_of("Artist", input_.artist, "artist")),
        name="artist",
        expected=input_.expected_artist_version,
    )
    said = given(input_)
    for aside in ("artist", "expectedArtistVersion"):
        del said[aside]
    outcome = await linking.credit(
        info.context, asked(name, input_), side(info, input_), artist, said, added=added
    )
    return EntityPayload(**told(outcome))
