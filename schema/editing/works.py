"""Works made and edited."""

import strawberry

from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.fields import input_type, object_type, prop
from schema.references import WorkRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class WorkProperties:
    """What may be said of a work, besides its title."""

    type: str | None = settable("What kind of work it is, such as SONG.")
    language: str | None = settable("ISO 639-3 of its words' language.")
    disambiguation: str | None = settable("What tells it from others of the same title.")
    aliases: list[str] | None = settable("All other titles it is found under.")


@input_type
class CreateWorkInput(WorkProperties, Writing):
    """A work to be made."""

    title: str = prop("The title.")


@input_type
class EditWorkInput(WorkProperties, Rewriting):
    """What is to be changed of a work: what is left out stays, null takes it away."""

    title: str | None = settable("The title; cannot be taken away.")


@object_type
class WorkPayload(Payload):
    """What came of a change of a work."""

    @found(WorkRef | None)
    def work(self) -> Thing | None:
        """A work as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class WorkMutation:
    """Where clients change works."""

    create_work: WorkPayload | None = creating("Work", CreateWorkInput, WorkPayload)
    edit_work: WorkPayload | None = changing("Work", EditWorkInput, WorkPayload)
