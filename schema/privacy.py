"""What is held on a person: exported, and erased."""

from typing import Annotated

import strawberry

from graph.accounts.privacy import PAGE
from resolvers import privacy as resolvers
from resolvers.permission import NAMED
from schema.accounts_changes import UserPayload
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.writing import Payload, Writing, asked, mutation, told


@input_type
class ExportPersonalDataInput(Writing):
    """Whose data is told."""

    user_id: strawberry.ID = prop("The id of the user.")
    after: str | None = optional(
        "Where to go on: `next` of the answer before; left out for the beginning."
    )


@input_type
class ErasePersonalDataInput(Writing):
    """Whose data is erased."""

    user_id: strawberry.ID = prop("The id of the user.")


@object_type
class PersonalDataPayload(Payload):
    """What is held on a person."""

    data: str | None = prop("One JSON object, by kind of what is held: one page of it.")
    next: str | None = prop(
        "Give it as `after` to be told the next page; null where there is no more."
    )


@strawberry.type
class PrivacyMutation:
    """Where people ask for what is held on them."""

    @mutation(NAMED, makes=PAGE)
    async def export_personal_data(
        self, info: Info, input: Annotated[ExportPersonalDataInput, arg("Whose.")]
    ) -> PersonalDataPayload | None:
        """Tell what is held on a user, as machine-readable text, page by page; for them, and admins."""
        exported = await resolvers.export_personal_data(
            info.context,
            asked("exportPersonalData", input),
            key_of("User", input.user_id, "userId"),
            input.after,
        )
        return PersonalDataPayload(**told(exported.outcome), data=exported.data, next=exported.next)

    @mutation(NAMED)
    async def erase_personal_data(
        self, info: Info, input: Annotated[ErasePersonalDataInput, arg("Whose.")]
    ) -> UserPayload | None:
        """Erase a user's name, address and invitations, and end memberships; for them, and admins.

        What they did stays in the history, under an id that tells nothing of them.
        """
        outcome = await resolvers.erase_personal_data(
            info.context, asked("erasePersonalData", input), key_of("User", input.user_id, "userId")
        )
        return UserPayload(**told(outcome))
