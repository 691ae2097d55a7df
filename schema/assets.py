"""What can be owned: recordings and works."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from graph.conflicts import CONFLICTS_BY_ASSET
from graph.rights import CLAIMS_BY_ASSET
from resolvers import ownership as resolvers
from resolvers.cells import MOST_TERRITORIES, Matrix, cell
from resolvers.errors import in_place
from resolvers.lists import Criteria
from resolvers.mandates import within_mandates
from resolvers.standing import in_time
from resolvers.things import Thing
from schema.conflicts import ConflictKind, ConflictStatus
from schema.criteria import HOLDS_AT, KNOWN_AT, word_of
from schema.fields import Info, arg, interface
from schema.lists import by, listed
from schema.nodes import Node
from schema.ownership import Ownership
from schema.references import ClaimRef, ConflictRef, OwnershipRef
from schema.rights import ClaimKind, ClaimOrder, ClaimStatus, Right
from schema.things import batched

_AT = "On which day; today unless told."
_KNOWN_AT = "As it was known at this instant; as it is known now unless told."


async def effective_ownership(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    right: Annotated[Right, arg("Which right: MASTER of a recording, PR, MR, SR of a work.")],
    territory: Annotated[str, arg("In which country: ISO 3166-1 alpha-2 or TIS number.")],
    at: Annotated[date | None, arg(_AT)] = None,
    known_at: Annotated[datetime | None, arg(_KNOWN_AT)] = None,
) -> list[Ownership | Exception]:
    """Who effectively owns a right in it, here and then, every assignment followed to its end."""
    asked = cell(word_of(right), territory, at, known_at)
    return [_told(each) for each in await resolvers.ownership(info.context, parents, asked)]


async def effective_matrix(
    parents: strawberry.Parent[list[Thing]],
    info: Info,
    territories: Annotated[
        list[str], arg(f"In which countries, as in `ownership`: {MOST_TERRITORIES} at most.")
    ],
    rights: Annotated[
        list[Right] | None, arg("Which rights; all that there are in it unless told.")
    ] = None,
    at: Annotated[date | None, arg(_AT)] = None,
    known_at: Annotated[datetime | None, arg(_KNOWN_AT)] = None,
) -> list[list[Ownership | Exception]]:
    """Who effectively owns each right in it in each country: rights in turn, countries within each."""
    words = None if rights is None else [word_of(right) for right in rights]
    asked = Matrix.of(words, territories, at, known_at)
    found = await resolvers.ownership_matrix(info.context, parents, asked)
    return [[_told(each) for each in its] for its in found]


def _told(found: resolvers.Ownership | Exception) -> Ownership | Exception:
    return found if isinstance(found, Exception) else in_place(Ownership.of, found)


@interface
class Asset(Node):
    """A recording or a work: something that rights are held in."""

    @listed(CLAIMS_BY_ASSET, ClaimRef, within=within_mandates)
    def claims(
        self,
        right: Annotated[Right | None, arg("Only to this right.")] = None,
        kind: Annotated[ClaimKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ClaimStatus | None, arg("Only in this status.")] = None,
        at: Annotated[date | None, arg(HOLDS_AT)] = None,
        known_at: Annotated[datetime | None, arg(KNOWN_AT)] = None,
        order_by: Annotated[ClaimOrder | None, arg("By share unless told.")] = None,
    ) -> Criteria:
        """What parties claim of it. Claims are assertions, not verdicts."""
        time = in_time(word_of(status), at, known_at)
        return by(order_by, "SHARE", right=word_of(right), kind=word_of(kind), **time)

    @listed(CONFLICTS_BY_ASSET, ConflictRef)
    def conflicts(
        self,
        kind: Annotated[ConflictKind | None, arg("Only of this kind.")] = None,
        status: Annotated[ConflictStatus | None, arg("Only in this status.")] = None,
        right: Annotated[Right | None, arg("Only about this right.")] = None,
    ) -> Criteria:
        """Where the claims on it cannot all stand, the first due first."""
        return by(
            None, "DEADLINE", kind=word_of(kind), status=word_of(status), right=word_of(right)
        )

    ownership: OwnershipRef | None = batched(effective_ownership, OwnershipRef | None)

    ownership_matrix: list[OwnershipRef | None] | None = batched(
        effective_matrix, list[OwnershipRef | None] | None
    )
