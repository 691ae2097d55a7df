"""How things of the catalogue are made, edited, tied, retired, merged and put back."""

import strawberry

from schema.editing.artists import ArtistMutation
from schema.editing.credits import CreditMutation
from schema.editing.entities import EntityMutation
from schema.editing.identifiers import IdentifierMutation
from schema.editing.labels import LabelMutation
from schema.editing.parties import PartyMutation
from schema.editing.recordings import RecordingMutation
from schema.editing.relations import RelationMutation
from schema.editing.releases import ReleaseMutation
from schema.editing.works import WorkMutation


@strawberry.type
class EditingMutation(
    ArtistMutation,
    RecordingMutation,
    WorkMutation,
    ReleaseMutation,
    LabelMutation,
    PartyMutation,
    EntityMutation,
    IdentifierMutation,
    CreditMutation,
    RelationMutation,
):
    """Where clients change the catalogue."""
