"""The public contract: Strawberry types over rows; no decisions, no I/O."""

from typing import Final

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.access import guard
from schema.accounts import AccountQuery
from schema.accounts_changes import AccountMutation
from schema.artist_claims import ArtistClaimMutation, ArtistClaimQuery
from schema.artists import ArtistQuery
from schema.changes import ChangeQuery
from schema.dates import SCALARS
from schema.delivery import delivering
from schema.editing import EditingMutation
from schema.executable import executable
from schema.federation import REPRESENTATION, FederationQuery, Representation
from schema.labels import LabelQuery
from schema.mandates import MandateMutation
from schema.node_queries import NodeQuery
from schema.parties import PartyQuery
from schema.privacy import PrivacyMutation
from schema.recordings import RecordingQuery
from schema.releases import ReleaseQuery
from schema.rights import Agreement, Claim
from schema.search import SearchQuery
from schema.viewers import ViewerQuery
from schema.works import WorkQuery


@strawberry.type(description="Where every reading operation starts.")
class Query(
    NodeQuery,
    SearchQuery,
    ArtistQuery,
    RecordingQuery,
    WorkQuery,
    ReleaseQuery,
    LabelQuery,
    PartyQuery,
    ViewerQuery,
    AccountQuery,
    ArtistClaimQuery,
    ChangeQuery,
    FederationQuery,
):
    """Where every reading operation starts."""


@strawberry.type(description="Where every changing operation starts: one input, one payload each.")
class Mutation(
    EditingMutation, AccountMutation, MandateMutation, ArtistClaimMutation, PrivacyMutation
):
    """Where every changing operation starts."""


schema: Final = delivering(
    strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=[Claim, Agreement],
        config=StrawberryConfig(scalar_map={**SCALARS, Representation: REPRESENTATION}),
    )
)
guard(executable(schema))
