"""How things of the catalogue are made, edited, tied, retired, merged and put back, and rights written."""

import strawberry

from schema.editing.agreements import AgreementMutation
from schema.editing.artists import ArtistMutation
from schema.editing.claims import ClaimMutation
from schema.editing.conflicts import ConflictMutation
from schema.editing.credits import CreditMutation
from schema.editing.entities import EntityMutation
from schema.editing.identifiers import IdentifierMutation
from schema.editing.labels import LabelMutation
from schema.editing.parties import PartyMutation
from schema.editing.recordings import RecordingMutation
from schema.editing.relations import RelationMutation
from schema.editing.releases import ReleaseMutation
from schema.editing.transfers import TransferMutation
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
    ClaimMutation,
    ConflictMutation,
    AgreementMutation,
    TransferMutation,
):
    """Where clients change the catalogue and write rights."""
