"""Effective ownership as clients see it: exact, with the chains that prove it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice
from typing import Annotated, Final, Self

import strawberry

from graph.rights import AgreementRow, ClaimRow
from resolvers.conflicts import conflicts_in
from resolvers.errors import TooMany
from resolvers.holdings import Catalogue, Owned
from resolvers.lists import DEFAULT_PAGE, LARGEST_PAGE
from resolvers.ownership import Holding
from resolvers.ownership import Ownership as Answer
from resolvers.ownership import OwnershipStatus as Status
from resolvers.ownership_words import explained
from resolvers.permission import RIGHTS
from resolvers.things import Thing
from schema.access import needs
from schema.connections import Connection, Edge, PageInfo
from schema.fields import Info, arg, computed, object_type, prop, relation
from schema.references import AgreementRef, AssetRef, ClaimRef, ConflictRef, PartyRef
from schema.rights import Right
from schema.territories import Territory
from schema.things import found, one, told
from standards.ownership import Chain


@strawberry.enum(description="How the claims on a cell add up.")
class OwnershipStatus(Enum):
    """How the claims on a cell add up."""

    CLEAR = strawberry.enum_value(
        Status.CLEAR, description="They make 100 % (± 0.06 %), undisputed."
    )
    UNDERCLAIMED = strawberry.enum_value(
        Status.UNDERCLAIMED, description="They make less than 100 %."
    )
    OVERCLAIMED = strawberry.enum_value(
        Status.OVERCLAIMED, description="They make more than 100 %."
    )
    CONFLICTED = strawberry.enum_value(
        Status.CONFLICTED, description="They are disputed, or a party passed on more than it held."
    )
    UNRESOLVABLE = strawberry.enum_value(
        Status.UNRESOLVABLE,
        description="A share flows into a circle of parties that keeps nothing.",
    )
    UNKNOWN = strawberry.enum_value(Status.UNKNOWN, description="Nobody claims it.")


_REMEMBERED: Final = 4_096


@lru_cache(maxsize=_REMEMBERED)
def _in_lowest_terms(numerator: int, denominator: int) -> str:
    """Return a share in 1/100 %, told as its parts, as a fraction of the whole."""
    whole = Fraction(numerator, denominator * 10_000)
    # By way of decimals: Python refuses to write an integer of more than 4,300 digits.
    return f"{Decimal(whole.numerator)!s}/{Decimal(whole.denominator)!s}"


@object_type
class ExactShare:
    """A share of the whole, exactly, however many thirds went into it."""

    exact: strawberry.Private[Fraction]

    @computed
    def fraction(self) -> str:
        """The share as a fraction of the whole, in lowest terms, such as 1/3."""
        return _in_lowest_terms(self.exact.numerator, self.exact.denominator)

    @computed
    def percent(self) -> str:
        """The share in per cent with six places, rounded half to even, such as 33.333333."""
        millionths = round(self.exact * 10_000)
        sign = "-" if millionths < 0 else ""
        return f"{sign}{abs(millionths) // 1_000_000}.{abs(millionths) % 1_000_000:06d}"


@object_type
class OwnershipPath:
    """One way by which a share came to its owner."""

    origin_key: strawberry.Private[str]
    chain: strawberry.Private[Chain]
    holding: strawberry.Private[Holding]

    @computed
    def share(self) -> ExactShare:
        """What came this way and stayed."""
        return ExactShare(exact=self.chain.share)

    origin: PartyRef | None = one("The party whose claim it began with.", PartyRef, "origin_key")

    @told(AgreementRef)
    def steps(self) -> Sequence[AgreementRow]:
        """The agreements it passed through; empty for a first hand."""
        agreements = self.holding.agreements
        return [agreements[id_] for id_ in self.chain.assignments]


@object_type
class EffectiveOwner:
    """A party that keeps a share once everything is passed on."""

    party_key: strawberry.Private[str]
    holding: strawberry.Private[Holding]
    share: ExactShare = prop("What it keeps: negative where it passed on more than it held.")

    party: PartyRef | None = one("Who it is.", PartyRef, "party_key")

    @computed
    def paths(
        self,
        first: Annotated[int, arg(f"How many, weightiest first: 1–{LARGEST_PAGE}.")] = DEFAULT_PAGE,
    ) -> list[OwnershipPath]:
        """The ways by which the share came to it, weightiest first."""
        limit = _bounded(first)
        found = self.holding.resolution.chains_to(self.party_key, limit=limit)
        return [
            OwnershipPath(origin_key=chain.origin, chain=chain, holding=self.holding)
            for chain in found.chains
        ]


@object_type
class UnresolvableCircle:
    """Parties that pass everything among themselves: a share that flows in comes to nobody."""

    party_keys: strawberry.Private[tuple[str, ...]]
    share: ExactShare = prop("What flows in.")

    @found(list[PartyRef], gaps=False)
    def parties(self) -> list[Thing]:
        """The parties of the circle."""
        return [Thing("Party", key) for key in self.party_keys]


@needs(RIGHTS)
@object_type
class Ownership:
    """Who effectively owns a right in an asset, in one country, on one day."""

    answer: strawberry.Private[Answer]
    holding: strawberry.Private[Holding]
    right: Right = prop("The right asked about.")
    territory: Territory = prop("The country asked about.")
    at: date = prop("The day asked about.")
    known_at: datetime | None = prop(
        "The instant whose knowledge this is, in UTC; null for all that is known now."
    )
    status: OwnershipStatus = prop("How the claims add up.")
    total: int = prop("The claims' total in 1/100 %: 10000 is all of it. Never scaled to fit.")
    owner_count: int = prop("How many parties keep a share.")

    @told(ClaimRef)
    def claims(self) -> Sequence[ClaimRow]:
        """The claims in force in this cell, as they stood when they were known."""
        return self.answer.claims

    @found(list[ConflictRef], gaps=False)
    async def conflicts(self, info: Info) -> list[Thing]:
        """The conflicts that hold up this cell, of those that were open when it was known."""
        return await conflicts_in(info.context, self.answer.asset, self.answer.cell)

    @relation
    async def explanation(self, info: Info) -> list[str]:
        """Why this is the answer, in sentences: what is claimed, who keeps it, what is uncertain."""
        return await explained(info.context, self.answer)

    @computed
    def unresolvable(self) -> list[UnresolvableCircle]:
        """The circles that swallow a share."""
        resolution = self.holding.resolution
        circles = zip(resolution.unresolvable, resolution.unresolvable_shares, strict=True)
        return [
            UnresolvableCircle(party_keys=group, share=ExactShare(exact=share))
            for group, share in circles
            if share
        ]

    @partial(computed, of="holding")
    def owners(
        self,
        first: Annotated[int, arg(f"How many, largest first: 1–{LARGEST_PAGE}.")] = DEFAULT_PAGE,
    ) -> list[EffectiveOwner]:
        """The parties that keep a share, the largest first."""
        shares = self.holding.resolution.shares.items()
        return [
            EffectiveOwner(party_key=party, holding=self.holding, share=ExactShare(exact=exact))
            for party, exact in islice(shares, _bounded(first))
        ]

    @classmethod
    def of(cls, found: Answer) -> Self:
        """Make the type of an answer."""
        return cls(
            answer=found,
            holding=found.holding,
            right=Right[found.cell.right],
            territory=Territory.from_standard(found.cell.territory),
            at=found.cell.at,
            known_at=found.cell.known_at,
            status=OwnershipStatus(found.status),
            total=found.total,
            owner_count=len(found.holding.resolution.shares),
        )


@needs(RIGHTS)
@object_type
class CatalogueEntry:
    """A recording or work that a party keeps a share of, at first hand or through chains."""

    asset_label: strawberry.Private[str]
    asset_id: strawberry.Private[str]
    owner: EffectiveOwner = prop("What the party keeps of it, and how that came to it.")
    ownership: Ownership = prop("Who else owns it, here and then.")

    asset: AssetRef | None = one("What it owns.", AssetRef, "asset_id", label="asset_label")

    @classmethod
    def of(cls, owned: Owned) -> Self:
        """Make the type of something that is owned."""
        return cls(
            asset_label=owned.asset.type,
            asset_id=owned.asset.key,
            owner=EffectiveOwner(
                party_key=owned.party,
                holding=owned.answer.holding,
                share=ExactShare(exact=owned.share),
            ),
            ownership=Ownership.of(owned.answer),
        )


def catalogue_page(found: Catalogue) -> Connection[CatalogueEntry]:
    """Make the connection of a page: a short one tells where to go on, too."""
    nodes = [CatalogueEntry.of(each) for each in found.owned]
    return Connection(
        page_info=PageInfo(
            has_next_page=found.has_next,
            has_previous_page=found.has_previous,
            start_cursor=found.cursors[0] if found.cursors else None,
            end_cursor=found.end,
        ),
        edges=[Edge(cursor=c, node=n) for c, n in zip(found.cursors, nodes, strict=True)],
        nodes=nodes,
        count=found.total,
    )


def _bounded(first: int) -> int:
    if not 1 <= first <= LARGEST_PAGE:
        raise TooMany("first", f"must be 1–{LARGEST_PAGE}")
    return first
