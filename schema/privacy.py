"""What is held on a person: exported, and erased."""

from typing import Annotated

import strawberry

from resolvers import privacy as resolvers
from resolvers.permission import NAMED
from schema.accounts_changes import UserPayload
from schema.fields import Info, arg, input_type, object_type, prop
from schema.ids import key_of
from schema.writing import Payload, Writing, asked, mutation, told


@input_type
class ExportPersonalDataInput(Writing):
    """Whose data is told."""

    user_id: strawberry.ID = prop("The id of the user.")


@input_type
class ErasePersonalDataInput(Writing):
    """Whose data is erased."""

    user_id: strawberry.ID = prop("The id of the user.")


@object_type
class PersonalDataPayload(Payload):
    """All that is held on a person."""

    data: str | None = prop("One JSON object, by kind of what is held.")


@strawberry.type
class PrivacyMutation:
    """Where people ask for what is held on them."""

    @mutation(NAMED)
    async def export_personal_data(
        self, info: Info, input: Annotated[ExportPersonalDataInput, arg("Whose.")]
    ) -> PersonalDataPayload | None:
        """Tell all that is held on a user, as one machine-readable text; for them, and admins."""
        exported = await resolvers.export_personal_data(
            info.context,
            asked("exportPersonalData", input),
            key_of("User", input.user_id, "userId"),
        )
        return PersonalDataPayload(**told(exported.outcome), data=exported.data)

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
