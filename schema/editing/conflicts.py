"""Conflicts resolved by people."""

from typing import Annotated

import strawberry

from resolvers import claims as resolvers
from resolvers.permission import RIGHTS_EDITING
from resolvers.things import Thing
from schema.editing.effects import ConflictChange, effects
from schema.fields import Info, arg, input_type, object_type, prop
from schema.ids import key_of
from schema.references import ConflictRef
from schema.things import found
from schema.writing import Payload, Validating, asked, mutation, told


@input_type
class ResolveConflictInput(Validating):
    """A conflict that is settled."""

    id: strawberry.ID = prop("The global id of the conflict.")
    resolution: str = prop("How it is settled, in words.")


@object_type
class ConflictPayload(Payload):
    """What came of a change of a conflict, or would come of it."""

    conflicts: list[ConflictChange] | None = prop(
        "This conflict, and others that change with its claims."
    )

    @found(ConflictRef | None)
    def conflict(self) -> Thing | None:
        """The conflict as it is now, changed or not."""
        return self.subject


@strawberry.type
class ConflictMutation:
    """Where clients settle conflicts."""

    @mutation(RIGHTS_EDITING)
    async def resolve_conflict(
        self, info: Info, input: Annotated[ResolveConflictInput, arg("Which, and how.")]
    ) -> ConflictPayload | None:
        """Settle a conflict by people's decision: it stays settled until its cells or its claims change.

        Settling a dispute has the claims stand undisputed; one that is not to stand is withdrawn or revised.
        """
        outcome = await resolvers.resolve_conflict(
            info.context,
            asked("resolveConflict", input),
            key_of("Conflict", input.id),
            input.resolution,
        )
        return ConflictPayload(**told(outcome), conflicts=effects(outcome))
