"""Releases made and edited."""

import strawberry

from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.enums import ReleaseStatus, ReleaseType
from schema.fields import input_type, object_type, prop
from schema.references import ReleaseRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class ReleaseProperties:
    """What may be said of a release, besides its title."""

    type: ReleaseType | None = settable("What kind of issue it is.")
    status: ReleaseStatus | None = settable("How official it is.")
    artist_credit: str | None = settable("The artists as printed, joined as printed.")
    country: str | None = settable("ISO 3166-1 alpha-2 of the country of issue.")
    date: str | None = settable("Its issue: YYYY, YYYY-MM or YYYY-MM-DD.")
    packaging: str | None = settable("How it is packed, such as JEWEL_CASE.")
    format: str | None = settable("Its media, such as CD.")
    disambiguation: str | None = settable("What tells it from others of the same title.")
    aliases: list[str] | None = settable("All other titles it is found under.")


@input_type
class CreateReleaseInput(ReleaseProperties, Writing):
    """A release to be made."""

    title: str = prop("The title.")


@input_type
class EditReleaseInput(ReleaseProperties, Rewriting):
    """What is to be changed of a release: what is left out stays, null takes it away."""

    title: str | None = settable("The title; cannot be taken away.")


@object_type
class ReleasePayload(Payload):
    """What came of a change of a release."""

    @found(ReleaseRef | None)
    def release(self) -> Thing | None:
        """A release as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class ReleaseMutation:
    """Where clients change releases."""

    create_release: ReleasePayload | None = creating("Release", CreateReleaseInput, ReleasePayload)
    edit_release: ReleasePayload | None = changing("Release", EditReleaseInput, ReleasePayload)
