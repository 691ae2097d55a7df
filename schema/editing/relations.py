"""Relations of two things of the catalogue, added and taken away."""

from enum import Enum
from typing import Annotated

import strawberry

from resolvers import linking
from resolvers.permission import PARTY_EDITING
from schema.editing.entities import EntityPayload, editable, side
from schema.fields import Info, arg, input_type, optional, prop
from schema.writing import Rewriting, asked, given, mutation, told


@strawberry.enum(description="How two things are tied: which has which, by their types.")
class RelationKind(Enum):
    """How two things are tied; members mirror `resolvers.linking.RELATIONS`."""

    TRACK = strawberry.enum_value(
        "TRACK",
        description="A release has a recording, at a `position` on a `medium`.",
    )
    ISSUED_BY = strawberry.enum_value(
        "ISSUED_BY", description="A release is issued by a label, under a `catalogueNumber`."
    )
    RECORDING_OF = strawberry.enum_value(
        "RECORDING_OF", description="A recording is of a work, with `attributes` such as live."
    )
    MEMBER_OF = strawberry.enum_value(
        "MEMBER_OF",
        description="An artist is a member of another, from a `beginDate` to an `endDate`.",
    )
    ALIAS_OF = strawberry.enum_value(
        "ALIAS_OF", description="Two artists are personas of the same people; as MEMBER_OF."
    )
    PERFORMS_AS = strawberry.enum_value(
        "PERFORMS_AS", description="An artist, a person, performs as another; as MEMBER_OF."
    )
    SUBLABEL_OF = strawberry.enum_value(
        "SUBLABEL_OF", description="A label is a brand under another."
    )
    OPERATES = strawberry.enum_value("OPERATES", description="A party operates a label.")
    PARENT_OF = strawberry.enum_value(
        "PARENT_OF",
        description="A party is the parent of another, from a `beginDate` to an `endDate`.",
    )
    KNOWN_AS = strawberry.enum_value(
        "KNOWN_AS", description="A party is publicly known as an artist."
    )


@input_type
class ItsRelation(Rewriting):
    """Two things and how they are tied: all that tells it from others of the two."""

    kind: RelationKind = prop("How they are tied, from `id` to `other`.")
    other: strawberry.ID = prop("The global id of the other thing.")
    medium: int | None = optional("Of a TRACK: the medium, counted from 1; 1 unless told.")
    position: int | None = optional("Of a TRACK: its place on the medium.")
    catalogue_number: str | None = optional("Of ISSUED_BY: the number, where there is one.")
    begin_date: str | None = optional("Since when: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = optional("Until when: YYYY, YYYY-MM or YYYY-MM-DD.")
    expected_other_version: int | None = optional(
        "The version that the other was looked at: if there is another by now, nothing is changed."
    )


@input_type
class AddRelationInput(ItsRelation):
    """A relation to be added."""

    number: str | None = optional("Of a TRACK: its number as printed, such as A1.")
    title: str | None = optional("Of a TRACK: its title as printed, where it differs.")
    length_ms: int | None = optional("Of a TRACK: how long it is there, in milliseconds.")
    attributes: list[str] | None = optional("What is to be added, such as live or an instrument.")


@input_type
class RemoveRelationInput(ItsRelation):
    """A relation to be taken away."""


@strawberry.type
class RelationMutation:
    """Where clients change how things are tied."""

    @mutation(PARTY_EDITING)
    async def add_relation(
        self, info: Info, input: Annotated[AddRelationInput, arg("What is tied to what, and how.")]
    ) -> EntityPayload | None:
        """Tie two things. To say it otherwise, take it away and add it again.

        It takes the roles to edit both.
        """
        return await _changed(info, "addRelation", input, added=True)

    @mutation(PARTY_EDITING)
    async def remove_relation(
        self, info: Info, input: Annotated[RemoveRelationInput, arg("What is not tied to what.")]
    ) -> EntityPayload | None:
        """Take a relation of two things away, whoever said it; no load of a source brings it back."""
        return await _changed(info, "removeRelation", input, added=False)


async def _changed(info: Info, name: str, input_: ItsRelation, *, added: bool) -> EntityPayload:
    other = linking.Side(
        thing=editable(info, input_.other, "other"),
        name="other",
        expected=input_.expected_other_version,
    )
    said = given(input_)
    for aside in ("other", "expectedOtherVersion"):
        del said[aside]
    outcome = await linking.relation(
        info.context, asked(name, input_), side(info, input_), other, said, added=added
    )
    return EntityPayload(**told(outcome))
