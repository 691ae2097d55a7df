"""Claims and agreements as clients see them."""

from datetime import date, datetime
from enum import Enum

import strawberry

from graph.rights import AGREEMENTS_BY_ID, AGREEMENTS_REVISING, CLAIMS_BY_ID, CLAIMS_REVISING
from graph.times import instant
from resolvers.lists import Criteria
from resolvers.mandates import see_claims, within_mandates
from resolvers.permission import CLAIMS, RIGHTS
from schema.access import needs
from schema.connections import Connection, Direction
from schema.dates import day, moment
from schema.enums import word
from schema.fields import input_type, object_type, optional, prop
from schema.histories import recorded_history
from schema.lists import by, listed
from schema.nodes import Node, Sourced
from schema.references import AgreementRef, AssetRef, ChangeRef, ClaimRef, PartyRef
from schema.registry import confined, findable
from schema.territories import TerritoryScope
from schema.things import one


@strawberry.enum(description="A right in a recording or a work. Rights never mix.")
class Right(Enum):
    """A right in a recording or a work; works have PR, MR and SR, recordings MASTER."""

    MASTER = strawberry.enum_value("MASTER", description="The sound recording.")
    PR = strawberry.enum_value("PR", description="Performing right in a work.")
    MR = strawberry.enum_value("MR", description="Mechanical right in a work.")
    SR = strawberry.enum_value("SR", description="Synchronisation right in a work.")


@strawberry.enum(description="What a claim is to.")
class ClaimKind(Enum):
    """What a claim is to."""

    OWNERSHIP = strawberry.enum_value("OWNERSHIP", description="Owning the right.")
    MANUSCRIPT = strawberry.enum_value("MANUSCRIPT", description="The split as written.")
    COLLECTION = strawberry.enum_value("COLLECTION", description="Being paid for the right.")
    LICENCE = strawberry.enum_value("LICENCE", description="Using the right.")
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What has become of a claim or an agreement.")
class ClaimStatus(Enum):
    """What has become of a claim or an agreement."""

    ASSERTED = strawberry.enum_value("ASSERTED", description="Made, and not disputed.")
    DISPUTED = strawberry.enum_value("DISPUTED", description="Made, and disputed.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Taken back by its maker.")
    SUPERSEDED = strawberry.enum_value("SUPERSEDED", description="Replaced by a later claim.")


@strawberry.enum(description="What an agreement does with a share.")
class AgreementKind(Enum):
    """What an agreement does with a share."""

    ASSIGNMENT = strawberry.enum_value(
        "ASSIGNMENT", description="Passes ownership on: it multiplies shares along a chain."
    )
    ADMINISTRATION = strawberry.enum_value(
        "ADMINISTRATION", description="Lets another administer; owns nothing."
    )
    DISTRIBUTION = strawberry.enum_value(
        "DISTRIBUTION", description="Lets another distribute; owns nothing."
    )
    LICENCE = strawberry.enum_value("LICENCE", description="Lets another use; owns nothing.")
    PUBLISHING = strawberry.enum_value(
        "PUBLISHING",
        description="A writer's with a publisher: what each claims is what it leaves them.",
    )
    OTHER = strawberry.enum_value("OTHER", description="None of the others.")


@strawberry.enum(description="What claims can be ordered by.")
class ClaimOrderField(Enum):
    """What claims can be ordered by."""

    SHARE = strawberry.enum_value("SHARE", description="The share.")
    VALID_FROM = strawberry.enum_value("VALID_FROM", description="The first day.")


@input_type
class ClaimOrder:
    """An order of claims."""

    field: ClaimOrderField = prop("By what.")
    direction: Direction = optional("Which way; ASC unless told.", Direction.ASC)


@needs(CLAIMS)
@object_type
class Claim(Node, Sourced):
    """One assertion that a party holds a share of a right in an asset, where and when."""

    asset_label: strawberry.Private[str]
    asset_id: strawberry.Private[str]
    party_id: strawberry.Private[str]
    revises_id: strawberry.Private[str | None]
    right: Right = prop("The right it is about.", read=Right.__members__.__getitem__)
    kind: ClaimKind | None = prop("What it claims.", read=word(ClaimKind))
    share: int = prop("The share in 1/100 %: 10000 is all of it.")
    role: str | None = prop("The role it is made in, such as E (original publisher).")
    chain: str | None = prop(
        "The chain of publishers it stands in: claims of one chain have the same; null for none."
    )
    status: ClaimStatus | None = prop("What has become of it.", read=word(ClaimStatus))
    territory: TerritoryScope = prop(
        "Where it is made.",
        columns=("territories", "excluded_territories"),
        read=TerritoryScope.of,
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    recorded_at: datetime = prop("When it came in, in UTC.", read=instant)
    recorded_to: datetime | None = prop(
        "When it was replaced, in UTC; null while it stands.", read=moment
    )

    party: PartyRef | None = one("Who claims.", PartyRef, "party_id")

    asset: AssetRef | None = one(
        "The recording or work that is claimed.", AssetRef, "asset_id", label="asset_label"
    )

    revises: ClaimRef | None = one(
        "The record whose place it took, with the source that has it; null for none.",
        ClaimRef,
        "revises_id",
    )

    @listed(CLAIMS_REVISING, ClaimRef, within=within_mandates)
    def revised_by(self) -> Criteria:
        """The records that took its place: several where some of it was sold; none while it stands."""
        return by(None, "VALID_FROM")

    history: Connection[ChangeRef] | None = recorded_history()


@needs(RIGHTS)
@object_type
class Agreement(Node, Sourced):
    """One agreement by which a party passes on a share of what it holds: a step of a chain."""

    assignor_id: strawberry.Private[str]
    acquirer_id: strawberry.Private[str]
    revises_id: strawberry.Private[str | None]
    kind: AgreementKind | None = prop("What it does with the share.", read=word(AgreementKind))
    right: Right | None = prop("The right it is about; null for every right.", read=word(Right))
    share: int = prop("The share of the assignor's holding, in 1/100 %: 10000 is all of it.")
    status: ClaimStatus | None = prop("What has become of it.", read=word(ClaimStatus))
    territory: TerritoryScope = prop(
        "Where it holds.",
        columns=("territories", "excluded_territories"),
        read=TerritoryScope.of,
    )
    valid_from: date | None = prop("From this day; null for always.", read=day)
    valid_to: date | None = prop("Until the day before this one; null for ever.", read=day)
    collection_to: date | None = prop(
        "Until the day before this one what was due within the term is collected; null where none is told.",
        read=day,
    )
    recorded_at: datetime = prop("When it came in, in UTC.", read=instant)
    recorded_to: datetime | None = prop(
        "When it was replaced, in UTC; null while it stands.", read=moment
    )

    assignor: PartyRef | None = one("Who passes the share on.", PartyRef, "assignor_id")

    acquirer: PartyRef | None = one("Who gets the share.", PartyRef, "acquirer_id")

    revises: AgreementRef | None = one(
        "The record whose place it took, with the source that has it; null for none.",
        AgreementRef,
        "revises_id",
    )

    @listed(AGREEMENTS_REVISING, AgreementRef)
    def revised_by(self) -> Criteria:
        """The record that took its place; none while it stands."""
        return by(None, "VALID_FROM")

    history: Connection[ChangeRef] | None = recorded_history()


findable("Claim", CLAIMS_BY_ID)
confined("Claim", see_claims, whole=RIGHTS)
findable("Agreement", AGREEMENTS_BY_ID)
