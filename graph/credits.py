"""Credits: who did what on a recording, release or work, and under which name."""

from dataclasses import dataclass
from typing import Final

from graph import things
from graph.columns import Columns
from graph.listings import Listing, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """One credit; `credited_as` is the name as printed, `position` its printed place."""

    artist_id: str
    role: str
    position: int
    credited_as: str | None
    join_phrase: str | None
    source_id: str


_CREDIT: Final = Columns(
    "credit",
    artist_id="artist.id",
    role="credit.role",
    position="credit.position",
    credited_as="credit.creditedAs",
    join_phrase="credit.joinPhrase",
    source_id="credit.sourceId",
)
_ORDERS: Final = {
    "POSITION": Order(("credit.position", "credit.role", "artist.id")),
}

CREDITS_BY_RECORDING: Final = Listing(
    summary="credits by recording",
    make=CreditRow,
    start=things.RECORDING,
    match="MATCH (thing)<-[credit:RECORDED]-(artist:Artist)",
    row=_CREDIT,
    carry="credit, artist",
    orders=_ORDERS,
    filters={"role": "credit.role = $role"},
)
CREDITS_BY_RELEASE: Final = Listing(
    summary="credits by release",
    make=CreditRow,
    start=things.RELEASE,
    match="MATCH (thing)<-[credit:RELEASED]-(artist:Artist)",
    row=_CREDIT,
    carry="credit, artist",
    orders=_ORDERS,
    filters={"role": "credit.role = $role"},
)
CREDITS_BY_WORK: Final = Listing(
    summary="credits by work",
    make=CreditRow,
    start=things.WORK,
    match="MATCH (thing)<-[credit:WROTE]-(artist:Artist)",
    row=_CREDIT,
    carry="credit, artist",
    orders=_ORDERS,
    filters={"role": "credit.role = $role"},
)
