"""Labels made and edited."""

import strawberry

from resolvers.things import Thing
from schema.editing.declared import changing, creating
from schema.fields import input_type, object_type, prop
from schema.references import LabelRef
from schema.things import found
from schema.writing import Payload, Rewriting, Writing, settable


@input_type
class LabelProperties:
    """What may be said of a label, besides its name."""

    type: str | None = settable("What kind of label it is, such as ORIGINAL_PRODUCTION.")
    country: str | None = settable("ISO 3166-1 alpha-2 of its country.")
    disambiguation: str | None = settable("What tells it from its namesakes.")
    begin_date: str | None = settable("Founding: YYYY, YYYY-MM or YYYY-MM-DD.")
    end_date: str | None = settable("End: YYYY, YYYY-MM or YYYY-MM-DD.")
    aliases: list[str] | None = settable("All other names it is found under.")


@input_type
class CreateLabelInput(LabelProperties, Writing):
    """A label to be made."""

    name: str = prop("The name.")


@input_type
class EditLabelInput(LabelProperties, Rewriting):
    """What is to be changed of a label: what is left out stays, null takes it away."""

    name: str | None = settable("The name; cannot be taken away.")


@object_type
class LabelPayload(Payload):
    """What came of a change of a label."""

    @found(LabelRef | None)
    def label(self) -> Thing | None:
        """A label as it is now, changed or not; null where there is none."""
        return self.subject


@strawberry.type
class LabelMutation:
    """Where clients change labels."""

    create_label: LabelPayload | None = creating("Label", CreateLabelInput, LabelPayload)
    edit_label: LabelPayload | None = changing("Label", EditLabelInput, LabelPayload)
