"""Commands on single claims: asserted, revised, withdrawn, disputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from graph.claiming.records import (
    ASSERTED,
    CONTINUES,
    DISPUTED,
    LINE,
    SUPERSEDED,
    WITHDRAWN,
    Claim,
    begin,
    claim_of,
    claims_of,
    end,
    following,
    settle,
    standing_after,
)
from graph.claiming.terms import Terms, flaws
from graph.editing import RETIRED_AT, standing
from graph.errors import InvalidValue, NotAllowed, NotThere, Over, Retired, RuleBroken
from graph.journal import Command, Ref
from graph.lines import lines, released

if TYPE_CHECKING:
    from graph.claiming.claimants import Claimant
    from graph.journal import Stage

OVER: Final = "CLAIM_OVER"
"""The rule that what has ended is not changed."""


class AssertClaim(Command):
    """Have a party claim something of an asset.

    Refuses NotThere, Merged, Retired, NotAllowed, InvalidValue, and RuleBroken for what no other claim mends.
    """

    def __init__(self, claimant: Claimant, asset: Ref, party: str, terms: Terms) -> None:
        self._claimant = claimant
        self._asset = asset
        self._party = Ref("Party", party)
        self._terms = terms
        self.reads = (self._asset, self._party)

    async def run(self, stage: Stage) -> Ref:
        """Assert it."""
        await usable(stage, self._party, path=("partyId",))
        await usable(stage, self._asset, path=("assetId",))
        for flaw in flaws(self._asset.label, self._terms):
            raise flaw
        await self._claimant.check(stage, self._party.id, self._terms)
        claim = Claim(
            label=self._asset.label,
            asset=self._asset.id,
            party=self._party.id,
            properties={
                name: value
                for name, value in {**self._terms.properties(), "status": ASSERTED}.items()
                if value is not None
            },
        )
        await begin(stage, [claim])
        await settle(stage, [claim])
        return claim.ref


class _OfClaim(Command):
    """What is done to a claim that stands; refuses NotThere, NotAllowed and RuleBroken."""

    def __init__(self, claimant: Claimant, claim: str) -> None:
        self._claimant = claimant
        self._id = claim

    async def _standing(self, stage: Stage) -> Claim:
        claim = await claim_of(stage, self._id)
        if claim is None:
            raise NotThere("There is no such thing.", path=("id",))
        await self._claimant.check_seen(stage, claim, Terms.of(claim.properties))
        if not claim.stands:
            standing = await self._standing_instead(stage)
            status = claim.properties["status"]
            raise Over(status, label="Claim", standing=standing, path=("id",), rule=OVER)
        return claim

    async def _standing_instead(self, stage: Stage) -> tuple[str, ...]:
        """Return what stands in its place, and may be told to who asks."""
        found: list[str] = []
        instead = await standing_after(stage, "Claim", self._id)
        for claim in await claims_of(stage, instead):
            try:
                await self._claimant.check_seen(stage, claim, Terms.of(claim.properties))
            except NotThere:
                continue
            except NotAllowed:
                pass  # They see it, and may not change it.
            found.append(claim.id)
        return tuple(sorted(found))


class ReviseClaim(_OfClaim):
    """Have a claim say something else from now on: it ends, and one that revises it begins.

    Refuses as `AssertClaim` does, too, and InvalidValue where nothing would be different.
    """

    def __init__(self, claimant: Claimant, claim: str, changes: Mapping[str, Any]) -> None:
        super().__init__(claimant, claim)
        self._changes = changes

    async def run(self, stage: Stage) -> Ref:
        """Revise it."""
        had = await self._standing(stage)
        was = Terms.of(had.properties)
        terms = replace(was, **self._changes)
        if terms == was:
            raise InvalidValue("It says that already.", path=())
        for flaw in flaws(had.label, terms):
            raise flaw
        await self._claimant.check(stage, had.party, terms, path=("id",))
        claim = following(had, **terms.properties())
        await end(stage, [had], SUPERSEDED)
        await begin(stage, [claim])
        await settle(stage, [claim])
        return claim.ref


class WithdrawClaim(_OfClaim):
    """Take a claim back: it ends.

    Where a message stands aside for it, what that says takes its place, if it may be claimed as well.
    """

    async def run(self, stage: Stage) -> Ref:
        """Withdraw it; it is about the claim, or about the first that takes its place."""
        had = await self._standing(stage)
        waiting = await self._waiting(stage, had)
        for each in waiting:
            terms = Terms.of(each.properties)
            await self._claimant.check(stage, each.party, terms, path=("id",))
        begun = [following(each, revises=had.id, status=ASSERTED) for each in waiting]
        await end(stage, [had], SUPERSEDED if begun else WITHDRAWN)
        await begin(stage, begun)
        await settle(stage, [had])
        return begun[0].ref if begun else had.ref

    async def _waiting(self, stage: Stage, had: Claim) -> list[Claim]:
        """Return the claims of a message that nothing keeps out any more."""
        line = had.properties.get(LINE)
        if line is None or had.properties.get(CONTINUES) is None:
            return []
        ids = [each.id for each in released((await lines(stage, [line]))[line], had.id)]
        return await claims_of(stage, ids)


class DisputeClaim(_OfClaim):
    """Have a claim be disputed from now on: it ends, and begins again as one that is."""

    async def run(self, stage: Stage) -> Ref:
        """Dispute it."""
        had = await self._standing(stage)
        if had.properties["status"] == DISPUTED:
            raise RuleBroken("It is disputed already.", path=("id",), rule="DISPUTED_ONCE")
        claim = following(had, status=DISPUTED)
        await end(stage, [had], SUPERSEDED)
        await begin(stage, [claim])
        await settle(stage, [claim])
        return claim.ref


async def usable(stage: Stage, ref: Ref, *, path: tuple[str, ...]) -> None:
    """Raise NotThere, Merged or Retired for what nothing new is said of."""
    had = await standing(stage, ref, path=path)
    if RETIRED_AT in had:
        raise Retired("It is retired: restore it first.", path=path)
