"""Recordings made and edited."""

import strawberry

from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.fields import input_type, object_type, prop
from schema.references import RecordingRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class RecordingProperties:
    """What may be said of a recording, besides its title."""

    artist_credit: str | None = settable("The artists as printed, joined as printed.")
    length_ms: int | None = settable("How long it is, in milliseconds.")
    date: str | None = settable("Its first release: YYYY, YYYY-MM or YYYY-MM-DD.")
    video: bool | None = settable("Whether it is a music video.")
    disambiguation: str | None = settable("What tells it from others of the same title.")
    aliases: list[str] | None = settable("All other titles it is found under.")


@input_type
class CreateRecordingInput(RecordingProperties, Writing):
    """A recording to be made."""

    title: str = prop("The title.")


@input_type
class EditRecordingInput(RecordingProperties, Rewriting):
    """What is to be changed of a recording: what is left out stays, null takes it away."""

    title: str | None = settable("The title; cannot be taken away.")


@object_type
class RecordingPayload(Payload):
    """What came of a change of a recording."""

    @found(RecordingRef | None)
    def recording(self) -> Thing | None:
        """A recording as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class RecordingMutation:
    """Where clients change recordings."""

    create_recording: RecordingPayload | None = creating(
        "Recording", CreateRecordingInput, RecordingPayload
    )
    edit_recording: RecordingPayload | None = changing(
        "Recording", EditRecordingInput, RecordingPayload
    )
