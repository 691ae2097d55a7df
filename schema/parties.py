"""Parties as clients see them."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from graph.artists import ARTISTS_BY_PARTY
from graph.conflicts import CONFLICTS_BY_PARTY
from graph.labels import LABELS_BY_PARTY
from graph.parties import PARENTS_BY_PARTY, PARTIES, PARTIES_BY_ID, SUBSIDIARIES_BY_PARTY
from graph.rights import AGREEMENTS_ACQUIRED, AGREEMENTS_ASSIGNED, CLAIMS_BY_PARTY
from resolvers.cells import cell
from resolvers.errors import in_place
from resolvers.holdings import catalogues
from resolvers.lists import Criteria, Page
from resolvers.mandates import within_mandates
from resolvers.standing import in_time
from resolvers.things import Thing
from schema.conflicts import ConflictKind, ConflictStatus
from schema.connections import Connection
from schema.criteria import HOLDS_AT, KNOWN_AT, PartyFilter, PartyOrder, values_of, word_of
from schema.entities import Entity
from schema.enums import PartyKind, some, word
from schema.fields import Info, arg, object_type, prop
from schema.identifiers import first_borne
from schema.lists import Paged, by, listed
from schema.lookups import lookup
from schema.nodes import Sourced
from schema.ownership import CatalogueEntry, catalogue_page
from schema.references import (
    AgreementRef,
    ArtistRef,
    ClaimRef,
    ConflictRef,
    LabelRef,
    ParentageRef,
    PartyRef,
)
from schema.registry import findable
from schema.rights import AgreementKind, ClaimOrder, ClaimStatus, Right
from schema.things import batched, one
from standards.identifiers import Scheme


@object_type
class Parentage(Sourced):
    """One organisation's ownership of another. It never multiplies a rights share."""

    party_id: strawberry.Private[str]
    begin_date: str | None = prop("Since when; null where unknown, which is not for ever.")
    end_date: str | None = prop("Until when; null where it lasts or is unknown.")

    party: PartyRef | None = one("The other organisation.", PartyRef, "party_id")


async def owned_by(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    page: Page,
    right: Annotated[Right, arg("Which right.")],
    territory: Annotated[str, arg("In which country: ISO 3166-1 alpha-2 or TIS number.")],
    at: Annotated[date | None, arg("On which day; today unless told.")] = None,
    known_at: Annotated[
        datetime | None, arg("As it was known at this instant; as it is known now unless told.")
    ] = None,
) -> list[Connection[CatalogueEntry] | Exception]:
    """What it owns, at first hand and through chains, by the assets' ids. Pages forward only.

    A page may be short, and still have a next one: so many assets are looked at and no more.
    """
    asked = cell(word_of(right), territory, at, known_at)
    found = await catalogues(info.context, parents, asked, page)
    return [
        each if isinstance(each, Exception) else in_place(catalogue_page, each) for each in found
    ]


@object_type
class Party(Entity):
    """A person or organisation that can hold rights. Not an artist: linked, never unified."""

    name: str = prop("The name.")
    kind: PartyKind | None = prop(
        "Whether it is a person or an organisation.", read=word(PartyKind)
    )
    country: str | None = prop("ISO 3166-1 alpha-2 of its country.")
    disambiguation: str | None = prop("What tells it from its namesakes.")
    aliases: list[str] = prop("Other names it is found under.", read=some)
    ipi_base: str | None = first_borne("Its number in CISAC's IPI system")
    isni: str | None = first_borne("Its ISNI")
    dpid: str | None = first_borne("Its DDEX Party Identifier")

    @listed(ARTISTS_BY_PARTY, ArtistRef)
    def artists(self) -> Criteria:
        """The public personas it is known as."""
        return by(None, "NAME")

    @listed(LABELS_BY_PARTY, LabelRef)
    def labels(self) -> Criteria:
        """The labels it runs."""
        return by(None, "NAME")

    @listed(PARENTS_BY_PARTY, ParentageRef)
    def parents(self) -> Criteria:
        """The organisations that own it."""
        return by(None, "NAME")

    @listed(SUBSIDIARIES_BY_PARTY, ParentageRef)
    def subsidiaries(self) -> Criteria:
        """The organisations that it owns."""
        return by(None, "NAME")

    @listed(CLAIMS_BY_PARTY, ClaimRef, within=within_mandates)
    def claims(
        self,
        right: Annotated[Right | None, arg("Only to this right.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        at: Annotated[date | None, arg(HOLDS_AT)] = None,
        known_at: Annotated[datetime | None, arg(KNOWN_AT)] = None,
        order_by: Annotated[ClaimOrder | None, arg("By share unless told.")] = None,
    ) -> Criteria:
        """The claims it makes on recordings and works."""
        time = in_time(word_of(status), at, known_at)
        return by(order_by, "SHARE", right=word_of(right), **time)

    @listed(CONFLICTS_BY_PARTY, ConflictRef)
    def conflicts(
        self,
        kind: Annotated[ConflictKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ConflictStatus | None, arg("Only in this status.")] = None,
        right: Annotated[Right | None, arg("Only about this right.")] = None,
    ) -> Criteria:
        """Where its claims cannot all stand with those of others, the first due first."""
        return by(
            None, "DEADLINE", kind=word_of(kind), status=word_of(status), right=word_of(right)
        )

    catalogue: Connection[CatalogueEntry] | None = batched(
        owned_by, Connection[CatalogueEntry] | None, paging=Paged()
    )

    @listed(AGREEMENTS_ASSIGNED, AgreementRef)
    def agreements_assigned(
        self,
        kind: Annotated[AgreementKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        at: Annotated[date | None, arg(HOLDS_AT)] = None,
        known_at: Annotated[datetime | None, arg(KNOWN_AT)] = None,
    ) -> Criteria:
        """The agreements by which it passes shares on, oldest first."""
        time = in_time(word_of(status), at, known_at)
        return by(None, "VALID_FROM", kind=word_of(kind), **time)

    @listed(AGREEMENTS_ACQUIRED, AgreementRef)
    def agreements_acquired(
        self,
        kind: Annotated[AgreementKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        at: Annotated[date | None, arg(HOLDS_AT)] = None,
        known_at: Annotated[datetime | None, arg(KNOWN_AT)] = None,
    ) -> Criteria:
        """The agreements by which it gets shares, oldest first."""
        time = in_time(word_of(status), at, known_at)
        return by(None, "VALID_FROM", kind=word_of(kind), **time)


findable(
    "Party",
    PARTIES_BY_ID,
    keys={"ipiBase": Scheme.IPI_BASE, "isni": Scheme.ISNI, "dpid": Scheme.DPID},
)


@strawberry.type
class PartyQuery:
    """Where clients start from parties."""

    party: PartyRef | None = lookup(
        "One party, by id or by identifier; null where there is none.",
        PartyRef,
        PARTIES,
        example="an IPI",
    )

    @listed(PARTIES, PartyRef)
    def parties(
        self,
        filter: Annotated[PartyFilter | None, arg("Which parties.")] = None,
        order_by: Annotated[PartyOrder | None, arg("By name unless told.")] = None,
    ) -> Criteria:
        """All parties that pass the filter."""
        return by(order_by, "NAME", **values_of(filter))
