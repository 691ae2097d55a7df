"""Commands on agreements: recorded, revised, ended, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from graph.claiming.claims import usable
from graph.claiming.contracts import (
    Agreement,
    agreement_of,
    begin_agreements,
    check_passed,
    made,
)
from graph.claiming.deeds import Agreed
from graph.claiming.records import ASSERTED, SUPERSEDED, WITHDRAWN, end, standing_after
from graph.errors import InvalidValue, NotThere, Over
from graph.journal import Command, Ref

if TYPE_CHECKING:
    from graph.claiming.deeds import Deed
    from graph.journal import Stage

OVER: Final = "AGREEMENT_OVER"
"""The rule that what has ended is not changed."""


class RecordAgreement(Command):
    """Record what a party agreed with others: an agreement for each of them, and each right.

    Refuses NotThere, Merged, Retired, InvalidValue, and RuleBroken (W11, HELD).
    """

    def __init__(self, deed: Deed) -> None:
        self._deed = deed
        self._assignor = Ref("Party", deed.assignor)
        self._acquirers = [Ref("Party", each) for each, _ in deed.acquirers]
        self.reads = (self._assignor, *self._acquirers)

    async def run(self, stage: Stage) -> Ref:
        """Record it; it is about the first of the agreements."""
        deed = self._deed
        for flaw in deed.flaws():
            raise flaw
        await usable(stage, self._assignor, path=("assignorId",))
        for index, acquirer in enumerate(self._acquirers):
            await usable(stage, acquirer, path=("acquirers", str(index), "partyId"))
        agreements = [
            made(deed.assignor, acquirer, deed.agreed(acquired, right), status=ASSERTED)
            for acquirer, acquired in deed.acquirers
            for right in deed.rights or (None,)
        ]
        await check_passed(stage, agreements, path=("acquirers",))
        await begin_agreements(stage, agreements)
        return agreements[0].ref


class _OfAgreement(Command):
    """What is done to an agreement that stands; refuses NotThere, and RuleBroken for one that ended."""

    def __init__(self, agreement: str) -> None:
        self._id = agreement

    async def _standing(self, stage: Stage) -> Agreement:
        agreement = await agreement_of(stage, self._id)
        if agreement is None:
            raise NotThere("There is no such thing.", path=("id",))
        if not agreement.stands:
            standing = tuple(await standing_after(stage, "Agreement", self._id))
            status = agreement.properties["status"]
            raise Over(status, label="Agreement", standing=standing, path=("id",), rule=OVER)
        return agreement

    async def _replace(self, stage: Stage, had: Agreement, agreed: Agreed) -> Ref:
        """End an agreement, and begin one that says what is agreed from now on."""
        status = had.properties["status"]
        agreement = made(had.assignor, had.acquirer, agreed, status=status, revises=had.id)
        await check_passed(stage, [agreement], frozenset({had.id}), path=("share",))
        await end(stage, [had], SUPERSEDED)
        await begin_agreements(stage, [agreement])
        return agreement.ref


class ReviseAgreement(_OfAgreement):
    """Have an agreement say something else from now on: it ends, and one that revises it begins.

    Refuses as `RecordAgreement` does, too, and InvalidValue where nothing would be different.
    """

    def __init__(self, agreement: str, changes: Mapping[str, Any]) -> None:
        super().__init__(agreement)
        self._changes = changes

    async def run(self, stage: Stage) -> Ref:
        """Revise it."""
        had = await self._standing(stage)
        was = Agreed.of(had.properties)
        agreed = replace(was, **self._changes)
        if agreed == was:
            raise InvalidValue("It says that already.", path=())
        for flaw in agreed.flaws():
            raise flaw
        return await self._replace(stage, had, agreed)


class EndAgreement(_OfAgreement):
    """Have an agreement's term end on a day: a revision, whose term is over from that day on.

    With `collection_to` what was due within the term is collected until that day. Refuses InvalidValue where
    it would end before it begins, or has ended by then.
    """

    def __init__(self, agreement: str, at: str, collection_to: str | None = None) -> None:
        super().__init__(agreement)
        self._at = at
        self._collection_to = collection_to

    async def run(self, stage: Stage) -> Ref:
        """End it."""
        had = await self._standing(stage)
        was = Agreed.of(had.properties)
        if was.valid_from and self._at <= was.valid_from:
            raise InvalidValue("It would end before it begins.", path=("at",))
        if was.valid_to and was.valid_to <= self._at:
            raise InvalidValue("Its term is over by then already.", path=("at",))
        collected = self._collection_to or was.collection_to
        agreed = replace(was, valid_to=self._at, collection_to=collected)
        for flaw in agreed.term_flaws():
            raise flaw
        return await self._replace(stage, had, agreed)


class WithdrawAgreement(_OfAgreement):
    """Take back an agreement that was recorded by mistake: it ends, as if nothing had been agreed."""

    async def run(self, stage: Stage) -> Ref:
        """Withdraw it."""
        had = await self._standing(stage)
        await end(stage, [had], WITHDRAWN)
        return had.ref
