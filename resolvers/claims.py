"""Claims written by people: what is said of them put as the graph has it, and who may say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.claiming import (
    AssertClaim,
    Claimant,
    DisputeClaim,
    ResolveConflict,
    ReviseClaim,
    Terms,
    WithdrawClaim,
    flaws,
)
from graph.errors import CommandRefused, InvalidValue
from graph.journal import Command
from resolvers.context import Context
from resolvers.editing import capitals, checked
from resolvers.mandates import territory_codes
from resolvers.permission import RIGHTS, RIGHTS_EDITING, Viewer
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, Refusals, carry_out, noting, ref_of
from standards.territories import WORLD

WORLDWIDE: Final = (str(WORLD),)

_NEVER_NONE: Final = frozenset({"right", "kind", "share"})


async def assert_claim(
    context: Context, asked: Asked, asset: Thing, party: str, given: Mapping[str, Any]
) -> Outcome:
    """Have a party claim something of an asset, by what is given of the terms."""

    def make() -> Command:
        refused: list[CommandRefused] = []
        said: dict[str, Any] = {"territories": WORLDWIDE, **terms_given(given, refused)}
        terms = Terms(**said)
        refused += flaws(asset.type, terms)
        if refused:
            raise Refusals(tuple(refused))
        return AssertClaim(claimant(context.viewer), ref_of(asset), party, terms)

    return await carry_out(context, asked, make)


async def revise_claim(
    context: Context, asked: Asked, claim: str, given: Mapping[str, Any]
) -> Outcome:
    """Have a claim say what is given from now on; None takes away."""

    def make() -> Command:
        refused: list[CommandRefused] = []
        changes = terms_given(given, refused)
        if refused:
            raise Refusals(tuple(refused))
        return ReviseClaim(claimant(context.viewer), claim, changes)

    return await carry_out(context, asked, make, Thing("Claim", claim))


async def withdraw_claim(context: Context, asked: Asked, claim: str) -> Outcome:
    """Take a claim back."""
    return await carry_out(
        context,
        asked,
        lambda: WithdrawClaim(claimant(context.viewer), claim),
        Thing("Claim", claim),
    )


async def dispute_claim(context: Context, asked: Asked, claim: str) -> Outcome:
    """Dispute a claim."""
    return await carry_out(
        context,
        asked,
        lambda: DisputeClaim(claimant(context.viewer), claim),
        Thing("Claim", claim),
    )


async def resolve_conflict(
    context: Context, asked: Asked, conflict: str, resolution: str
) -> Outcome:
    """Settle a conflict, as it is said."""

    def make() -> Command:
        said = checked({"resolution": resolution})
        return ResolveConflict(context.viewer.actor, conflict, said["resolution"])

    return await carry_out(context, asked, make, Thing("Conflict", conflict))


def claimant(viewer: Viewer) -> Claimant:
    """Return the viewer as commands know who claims."""
    return Claimant(
        user=viewer.actor,
        anybody=viewer.may(RIGHTS_EDITING),
        sees_all=viewer.may(RIGHTS),
        organisations=viewer.acts_for,
    )


def terms_given(given: Mapping[str, Any], refused: list[CommandRefused]) -> dict[str, Any]:
    """Return what is given of terms, as `Terms` has it; `refused` takes what nothing can be, left out."""
    refused += _wrong(given)
    found: dict[str, Any] = {}
    with noting(refused):
        told = checked(
            {name: given[name] for name in ("validFrom", "validTo", "chain") if name in given}
        )
        found |= {_OWN[name]: value for name, value in told.items()}
    found |= {name: given[name] for name in ("right", "kind", "share", "role") if name in given}
    for name, otherwise in (("territories", WORLDWIDE), ("excludedTerritories", ())):
        if name in given:
            with noting(refused):
                found[_OWN[name]] = territory_codes(given[name] or (), name) or otherwise
    return found


_OWN: Final = {
    "validFrom": "valid_from",
    "validTo": "valid_to",
    "chain": "chain",
    "territories": "territories",
    "excludedTerritories": "excluded",
}
"""The fields of `Terms`, by the names that clients know."""


def never_none(given: Mapping[str, Any], names: frozenset[str]) -> tuple[CommandRefused, ...]:
    """Return what is wrong with taking away what is never absent."""
    return tuple(
        InvalidValue(f"{name}: cannot be taken away", path=(name,))
        for name in sorted(names & given.keys())
        if given[name] is None
    )


def _wrong(given: Mapping[str, Any]) -> Iterator[CommandRefused]:
    yield from never_none(given, _NEVER_NONE)
    if given.get("role") is not None:
        try:
            capitals(given["role"], "E or CA")
        except ValueError as error:
            yield InvalidValue(f"role: {error}", path=("role",))
