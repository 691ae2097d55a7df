"""An answer about ownership in words, for whoever has to act on it."""

import asyncio
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

from graph.parties import PARTIES_BY_ID
from graph.rights import AgreementRow, ClaimRow
from resolvers.context import Context
from resolvers.ownership import Ownership
from standards.shares import WHOLE, TotalState, format_percent, total_state

_MOST: Final = 5
"""So many claims, owners and members of a circle are told one by one."""

_Name = Callable[[str], str]


async def explained(context: Context, found: Ownership) -> list[str]:
    """Return why the answer is what it is, sentence by sentence; the parties' names come in a batch."""
    named: dict[str, None] = {}

    def note(party: str) -> str:
        named[party] = None
        return ""

    list(_sentences(found, note))
    load = context.loaders.things.by(PARTIES_BY_ID).load
    rows = await asyncio.gather(*(load(party) for party in named))
    names = {
        party: row.name if row else "a party that is not there"
        for party, row in zip(named, rows, strict=True)
    }
    return list(_sentences(found, names.__getitem__))


def _sentences(found: Ownership, name: _Name) -> Iterator[str]:
    yield _totals(found)
    for claim in sorted(found.claims, key=lambda claim: -claim.share)[:_MOST]:
        disputed = ", which is disputed" if claim.status == "DISPUTED" else ""
        share = format_percent(claim.share)
        yield f"{name(claim.party_id)} claims {share} {_term(claim)}{disputed}."
    if (more := len(found.claims) - _MOST) > 0:
        yield f"{_counted(more, 'more claim')} hold{'s' * (more == 1)} as well."
    yield from _owners(found, name)
    yield from _circles(found, name)
    yield from _undated(found)


def _totals(found: Ownership) -> str:
    cell = found.cell
    where = f"in {cell.territory.name} on {cell.day}"
    if cell.known_at is not None:
        where += f", as known on {cell.known_at.isoformat()}"
    if not found.claims:
        return f"Nobody claims {cell.right} {where}: who owns it is not known."
    held = f"{_counted(len(found.claims), 'claim')} to {cell.right} {where}"
    match total_state(found.total):
        case TotalState.OVER:
            stands = f"{format_percent(found.total - WHOLE)} more than there is; none is cut to fit"
        case TotalState.UNDER | TotalState.NONE:
            stands = f"{format_percent(WHOLE - found.total)} less than the whole"
        case TotalState.WHOLE:
            stands = "the whole"
    return f"{held}, together {format_percent(found.total)}: {stands}."


def _owners(found: Ownership, name: _Name) -> Iterator[str]:
    resolution = found.holding.resolution
    for party, share in islice(resolution.shares.items(), _MOST):
        if share < 0:
            yield f"{name(party)} has passed on {_percent(-share)} more than it held."
            continue
        [chain, *others] = resolution.chains_to(party, limit=2).chains or [None]
        if chain is None or not chain.assignments:
            came = "at first hand" if chain and not others else "partly at first hand"
        else:
            steps = _counted(len(chain.assignments), "agreement")
            came = f"by {steps} from {name(chain.origin)}" + (", and by other ways" * bool(others))
        yield f"{name(party)} keeps {_percent(share)}, {came}."
    if (more := len(resolution.shares) - _MOST) > 0:
        yield f"{_counted(more, 'more owner')} keep{'s' * (more == 1)} no more than that."


def _circles(found: Ownership, name: _Name) -> Iterator[str]:
    resolution = found.holding.resolution
    for group, share in zip(resolution.unresolvable, resolution.unresolvable_shares, strict=True):
        if share:
            members = ", ".join(name(party) for party in group[:_MOST])
            more = f" and {len(group) - _MOST} more" if len(group) > _MOST else ""
            yield (
                f"{_percent(share)} flows into a circle that passes everything on among itself "
                f"({members}{more}): it comes to nobody."
            )


def _undated(found: Ownership) -> Iterator[str]:
    """Undated is not for ever: say how much of the answer rests on no end having been told."""
    claims = sum(not claim.valid_to for claim in found.claims)
    agreements = sum(not each.valid_to for each in found.holding.agreements.values())
    parts = [
        _counted(count, word)
        for count, word in ((claims, "claim"), (agreements, "agreement"))
        if count
    ]
    if parts:
        yield f"No end is on record of {' and '.join(parts)}: that is not known to be for ever."


def _term(record: ClaimRow | AgreementRow) -> str:
    match record.valid_from, record.valid_to:
        case None, None:
            return "without dates"
        case since, None:
            return f"from {since}"
        case None, until:
            return f"until {until}"
        case since, until:
            return f"from {since} until {until}"


def _percent(share: Fraction) -> str:
    return format_percent(round(share))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")
