"""Types that other modules' fields return, by reference: domains reach each other both ways."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from schema.accounts import Membership, Organisation, Team, User
    from schema.artist_claims import ArtistClaim
    from schema.artists import Artist, ArtistRelation
    from schema.assets import Asset
    from schema.changes import Change
    from schema.conflicts import Conflict
    from schema.credits import Credit
    from schema.deals import Availability, Deal
    from schema.entities import Entity, Flaggable
    from schema.histories import PastState
    from schema.identifiers import Identifier
    from schema.identity import IdentityLink
    from schema.labels import Label
    from schema.mandates import Mandate
    from schema.nodes import Node
    from schema.ownership import Ownership
    from schema.parties import Parentage, Party
    from schema.policy import PolicyFlag
    from schema.recordings import Recording
    from schema.releases import LabelIssue, Release, Track
    from schema.rights import Agreement, Claim
    from schema.sources import Source
    from schema.works import Work

ArtistRef = Annotated["Artist", strawberry.lazy("schema.artists")]
RecordingRef = Annotated["Recording", strawberry.lazy("schema.recordings")]
WorkRef = Annotated["Work", strawberry.lazy("schema.works")]
ReleaseRef = Annotated["Release", strawberry.lazy("schema.releases")]
LabelRef = Annotated["Label", strawberry.lazy("schema.labels")]
PartyRef = Annotated["Party", strawberry.lazy("schema.parties")]
CreditRef = Annotated["Credit", strawberry.lazy("schema.credits")]
IdentifierRef = Annotated["Identifier", strawberry.lazy("schema.identifiers")]
IdentityLinkRef = Annotated["IdentityLink", strawberry.lazy("schema.identity")]
PolicyFlagRef = Annotated["PolicyFlag", strawberry.lazy("schema.policy")]
ClaimRef = Annotated["Claim", strawberry.lazy("schema.rights")]
ConflictRef = Annotated["Conflict", strawberry.lazy("schema.conflicts")]
AgreementRef = Annotated["Agreement", strawberry.lazy("schema.rights")]
DealRef = Annotated["Deal", strawberry.lazy("schema.deals")]
AvailabilityRef = Annotated["Availability", strawberry.lazy("schema.deals")]
OwnershipRef = Annotated["Ownership", strawberry.lazy("schema.ownership")]
SourceRef = Annotated["Source", strawberry.lazy("schema.sources")]
ArtistRelationRef = Annotated["ArtistRelation", strawberry.lazy("schema.artists")]
TrackRef = Annotated["Track", strawberry.lazy("schema.releases")]
LabelIssueRef = Annotated["LabelIssue", strawberry.lazy("schema.releases")]
ParentageRef = Annotated["Parentage", strawberry.lazy("schema.parties")]
AssetRef = Annotated["Asset", strawberry.lazy("schema.assets")]
PastStateRef = Annotated["PastState", strawberry.lazy("schema.histories")]
UserRef = Annotated["User", strawberry.lazy("schema.accounts")]
OrganisationRef = Annotated["Organisation", strawberry.lazy("schema.accounts")]
TeamRef = Annotated["Team", strawberry.lazy("schema.accounts")]
MembershipRef = Annotated["Membership", strawberry.lazy("schema.accounts")]
MandateRef = Annotated["Mandate", strawberry.lazy("schema.mandates")]
ArtistClaimRef = Annotated["ArtistClaim", strawberry.lazy("schema.artist_claims")]
EntityRef = Annotated["Entity", strawberry.lazy("schema.entities")]
FlaggableRef = Annotated["Flaggable", strawberry.lazy("schema.entities")]
ChangeRef = Annotated["Change", strawberry.lazy("schema.changes")]
NodeRef = Annotated["Node", strawberry.lazy("schema.nodes")]
