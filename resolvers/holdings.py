"""What a party owns: the assets in which, every chain followed, a share comes to rest with it.

Cost: one read of the assets that may be, one for each kind of asset of what all their claims come to. A page
looks at so many assets and no more: it may be short, and then tells where to go on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Final

from graph.cursors import encode_cursor
from graph.holdings import HoldingsAsked
from loaders.rights import HoldingsKey
from resolvers.cells import Cell
from resolvers.context import Context
from resolvers.errors import ArgumentInvalid, TooMany
from resolvers.lists import Page, cursor_keys, page_size
from resolvers.ownership import Ownership, ownership
from resolvers.things import Thing

_ORDER: Final = "ASSET"
_LOOKED_AT: Final = 5
"""So many assets are looked at for each that a page may have."""
MOST_COUNTED: Final = 10_000
"""A party that may own more assets than these is not counted through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An asset that a party keeps a share of, and the whole answer about it."""

    asset: Thing
    party: str
    share: Fraction
    answer: Ownership


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A page of what a party owns; `end` is where the next one begins, also where this one is empty."""

    owned: tuple[Owned, ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool
    end: str | None
    total: Callable[[], Awaitable[int]]


async def catalogues(
    context: Context, parties: Sequence[Thing], asked: Cell, page: Page
) -> list[Catalogue | Exception]:
    """Return a page of what each party owns in the cell, by the assets' ids.

    Raises ArgumentInvalid or TooMany for a page that is none. An asset whose claims make no sense is an
    error of the whole page.
    """
    if page.last is not None or page.before is not None:
        raise ArgumentInvalid("last", "a catalogue goes forward only: use first and after")
    limit, _ = page_size(page)
    keys = cursor_keys("after", _ORDER, page.after, 1)
    after = str(keys[0]) if keys else ""
    return await asyncio.gather(
        *(_catalogue(context, party, asked, after, limit) for party in parties),
        return_exceptions=True,
    )  # pyright: ignore[reportReturnType] - nothing but our own exceptions is BaseException only.


async def _catalogue(
    context: Context, party: Thing, asked: Cell, after: str, limit: int
) -> Catalogue:
    looked_at = limit * _LOOKED_AT
    assets = await _held(context, party, asked, after, looked_at + 1)
    more = len(assets) > looked_at
    assets = assets[:looked_at]
    owned = await _owned(context, party, asked, assets)
    page = owned[:limit]
    last = page[-1].asset if len(owned) > limit else assets[-1] if assets else None
    has_next = more or len(owned) > limit
    return Catalogue(
        owned=tuple(page),
        cursors=tuple(_cursor(each.asset) for each in page),
        has_next=has_next,
        has_previous=bool(after),
        end=_cursor(last) if last and has_next else _cursor(page[-1].asset) if page else None,
        total=partial(_total, context, party, asked),
    )


async def _total(context: Context, party: Thing, asked: Cell) -> int:
    assets = await _held(context, party, asked, "", MOST_COUNTED + 1)
    if len(assets) > MOST_COUNTED:
        raise TooMany(
            "totalCount", f"more than {MOST_COUNTED} assets would be looked at: page through them"
        )
    return len(await _owned(context, party, asked, assets))


async def _held(context: Context, party: Thing, asked: Cell, after: str, limit: int) -> list[Thing]:
    """Return the assets that the party may own something of."""
    wanted = HoldingsAsked(
        right=asked.right, past=asked.known_at is not None, after=after, limit=limit
    )
    found = await context.loaders.rights.holdings.load(HoldingsKey(party.key, wanted)) or ()
    return [Thing(label, id_) for label, id_ in found]


async def _owned(
    context: Context, party: Thing, asked: Cell, assets: Sequence[Thing]
) -> list[Owned]:
    """Return those of the assets that a share comes to the party of; raise what is wrong with any."""
    owned: list[Owned] = []
    for asset, answer in zip(assets, await ownership(context, assets, asked), strict=True):
        if isinstance(answer, Exception):
            raise answer
        share = answer.holding.resolution.shares.get(party.key)
        if share:
            owned.append(Owned(asset=asset, party=party.key, share=share, answer=answer))
    return owned


def _cursor(asset: Thing) -> str:
    return encode_cursor(_ORDER, (asset.key,))
