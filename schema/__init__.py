"""The public contract: Strawberry types over rows; no decisions, no I/O."""

from typing import Final

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.access import guard
from schema.accounts import AccountQuery
from schema.accounts_changes import AccountMutation
from schema.artist_claims import ArtistClaimMutation, ArtistClaimQuery
from schema.artists import ArtistQuery
from schema.changes import ChangeQuery, ChangeSubscription
from schema.conflicts import Conflict, ConflictQuery
from schema.dates import SCALARS
from schema.deals import Deal
from schema.delivery import delivering
from schema.editing import EditingMutation
from schema.executable import executable
from schema.federation import REPRESENTATION, FederationQuery, Representation
from schema.labels import LabelQuery
from schema.mandates import MandateMutation
from schema.node_queries import NodeQuery
from schema.parties import PartyQuery
from schema.privacy import PrivacyMutation
from schema.recognition import RecognitionQuery
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
    ConflictQuery,
    RecognitionQuery,
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


@strawberry.type(description="What is told of as it happens.")
class Subscription(ChangeSubscription):
    """What is told of as it happens."""


schema: Final = delivering(
    strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Claim, Agreement, Deal, Conflict],
        config=StrawberryConfig(scalar_map={**SCALARS, Representation: REPRESENTATION}),
    )
)
guard(executable(schema))
