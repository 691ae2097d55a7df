"""Claims on artist profiles as clients see them, and how they are made and decided."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.accounts import claiming
from graph.artist_claims import ARTIST_CLAIMS, ARTIST_CLAIMS_BY_ID
from resolvers import artist_claims as resolvers
from resolvers.lists import Criteria
from resolvers.permission import ARTIST_CLAIM_DECIDING, NAMED
from resolvers.things import Thing
from schema.accounts import Account
from schema.criteria import word_of
from schema.dates import moment
from schema.enums import some
from schema.fields import Info, arg, input_type, object_type, optional, prop
from schema.ids import key_of
from schema.lists import by, listed
from schema.references import ArtistClaimRef, ArtistRef, OrganisationRef, UserRef
from schema.registry import confined, findable
from schema.things import found, one
from schema.writing import Payload, Rewriting, Writing, asked, mutation, told


@strawberry.enum(description="What has become of a claim on an artist's profile.")
class ArtistClaimStatus(Enum):
    """What has become of a claim on an artist's profile."""

    REQUESTED = strawberry.enum_value("REQUESTED", description="Made, and not decided.")
    VERIFIED = strawberry.enum_value("VERIFIED", description="Found to be true.")
    REFUSED = strawberry.enum_value("REFUSED", description="Not found to be true.")
    REVOKED = strawberry.enum_value("REVOKED", description="Verified once, and not any more.")


@object_type
class ArtistClaim(Account):
    """That a user, or an organisation, speaks for an artist's profile; it gives nobody any rights."""

    artist_id: strawberry.Private[str]
    user_id: strawberry.Private[str | None]
    organisation_id: strawberry.Private[str | None]
    status: ArtistClaimStatus = prop(
        "What has become of it.", read=ArtistClaimStatus.__members__.__getitem__
    )
    evidence: list[str] = prop("What is said for it: addresses, or words.", read=some)
    decided_at: datetime | None = prop("When it was last decided, in UTC.", read=moment)

    artist: ArtistRef | None = one("Whose profile is claimed.", ArtistRef, "artist_id")
    user: UserRef | None = one(
        "Who made the claim; null to who is no fellow of theirs.", UserRef, "user_id"
    )
    organisation: OrganisationRef | None = one(
        "For which organisation; null where for themself.", OrganisationRef, "organisation_id"
    )


@input_type
class RequestArtistClaimInput(Writing):
    """A profile that is claimed."""

    artist_id: strawberry.ID = prop("The global id of the artist.")
    organisation_id: strawberry.ID | None = optional(
        "The id of an organisation that it is claimed for; left out for oneself."
    )


@input_type
class AddEvidenceInput(Rewriting):
    """What is said for a claim."""

    evidence: list[str] = prop("Addresses, or words; up to fifty pieces for a claim in all.")


@input_type
class DecideArtistClaimInput(Rewriting):
    """A claim that is decided; say why in `reason`."""


@object_type
class ArtistClaimPayload(Payload):
    """What came of a change of a claim."""

    @found(ArtistClaimRef | None)
    def artist_claim(self) -> Thing | None:
        """The claim as it is now, changed or not."""
        return self.subject


@strawberry.type
class ArtistClaimQuery:
    """Where clients start from claims on profiles."""

    @listed(ARTIST_CLAIMS, ArtistClaimRef, within=resolvers.own_claims)
    def artist_claims(
        self,
        artist_id: Annotated[strawberry.ID | None, arg("Only on this artist's profile.")] = None,
        status: Annotated[ArtistClaimStatus | None, arg("Only in this status.")] = None,
    ) -> Criteria:
        """Claims on profiles, the oldest first: all for those who decide them, and else the caller's own."""
        artist = None if artist_id is None else key_of("Artist", artist_id, "artistId")
        return by(None, "RECORDED", artist=artist, status=word_of(status))


@strawberry.type
class ArtistClaimMutation:
    """Where clients claim profiles, and decide claims."""

    @mutation(NAMED)
    async def request_artist_claim(
        self, info: Info, input: Annotated[RequestArtistClaimInput, arg("Whose profile.")]
    ) -> ArtistClaimPayload | None:
        """Claim an artist's profile, for yourself or for an organisation of yours. It wants a token."""
        organisation = input.organisation_id
        outcome = await resolvers.request_artist_claim(
            info.context,
            asked("requestArtistClaim", input),
            key_of("Artist", input.artist_id, "artistId"),
            organisation and key_of("Organisation", organisation, "organisationId"),
        )
        return ArtistClaimPayload(**told(outcome))

    @mutation(NAMED)
    async def add_evidence(
        self, info: Info, input: Annotated[AddEvidenceInput, arg("For which claim, and what.")]
    ) -> ArtistClaimPayload | None:
        """Say more for a claim of yours that is not decided."""
        outcome = await resolvers.add_evidence(
            info.context,
            asked("addEvidence", input),
            key_of("ArtistClaim", input.id),
            input.evidence,
            input.expected_version,
        )
        return ArtistClaimPayload(**told(outcome))

    @mutation(ARTIST_CLAIM_DECIDING)
    async def verify_artist_claim(
        self, info: Info, input: Annotated[DecideArtistClaimInput, arg("Which.")]
    ) -> ArtistClaimPayload | None:
        """Find a claim to be true, by its evidence; never one of your own."""
        return await _decided(info, "verifyArtistClaim", input, claiming.VERIFIED)

    @mutation(ARTIST_CLAIM_DECIDING)
    async def refuse_artist_claim(
        self, info: Info, input: Annotated[DecideArtistClaimInput, arg("Which.")]
    ) -> ArtistClaimPayload | None:
        """Find a claim not to be true; never one of your own."""
        return await _decided(info, "refuseArtistClaim", input, claiming.REFUSED)

    @mutation(ARTIST_CLAIM_DECIDING)
    async def revoke_artist_claim(
        self, info: Info, input: Annotated[DecideArtistClaimInput, arg("Which.")]
    ) -> ArtistClaimPayload | None:
        """Take back that a claim was found to be true; never of one of your own."""
        return await _decided(info, "revokeArtistClaim", input, claiming.REVOKED)


async def _decided(info: Info, name: str, input_: DecideArtistClaimInput, status: str) -> Any:
    outcome = await resolvers.decide(
        info.context,
        asked(name, input_),
        key_of("ArtistClaim", input_.id),
        status,
        input_.expected_version,
    )
    return ArtistClaimPayload(**told(outcome))


findable("ArtistClaim", ARTIST_CLAIMS_BY_ID, node=False)
confined("ArtistClaim", resolvers.see_artist_claims)
