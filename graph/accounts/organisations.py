"""Commands on users, organisations and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.accounts.acting import (
    ACTIVE,
    ADMIN,
    Acting,
    has_ties,
    organisation_of_admin,
    registered,
)
from graph.editing import standing
from graph.errors import NotAllowed, RuleBroken
from graph.ids import random_id
from graph.journal import Command, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.journal import Stage

REGISTERED: Final = "REGISTERED"
CREATED: Final = "CREATED"
VERIFIED: Final = "VERIFIED"


class Register(Command):
    """Have a user stand in the graph under a name and an address of its choice; refuses nothing."""

    def __init__(self, user: str, properties: Mapping[str, Any]) -> None:
        self._ref = Ref("User", user)
        self.reads = (self._ref,)
        self._properties = dict(properties)

    async def run(self, stage: Stage) -> Ref:
        """Register it, or change what it told."""
        if await stage.state(self._ref) is None:
            stage.create(self._ref, self._properties, action=REGISTERED)
        else:
            told = {**self._properties, "erasedAt": None}
            await stage.change(self._ref, told, action=REGISTERED)
        return self._ref


class CreateOrganisation(Command):
    """Make an organisation, and who makes it its admin; refuses nothing."""

    def __init__(self, acting: Acting, properties: Mapping[str, Any]) -> None:
        self._acting = acting
        self._ref = Ref("Organisation", random_id())
        self._membership = Ref("Membership", random_id())
        self._properties = dict(properties)

    async def run(self, stage: Stage) -> Ref:
        """Make both."""
        await registered(stage, self._acting.user)
        stage.create(self._ref, self._properties, action=CREATED)
        founder = {
            "organisationId": self._ref.id,
            "userId": self._acting.user,
            "role": ADMIN,
            "status": ACTIVE,
        }
        stage.create(self._membership, founder, action=CREATED)
        return self._ref


class CreateTeam(Command):
    """Make a team of an organisation; refuses what `organisation_of_admin` does."""

    def __init__(self, acting: Acting, organisation: str, properties: Mapping[str, Any]) -> None:
        self._acting = acting
        self._organisation = organisation
        self._ref = Ref("Team", random_id())
        self._properties = dict(properties)

    async def run(self, stage: Stage) -> Ref:
        """Make it."""
        await organisation_of_admin(
            stage, self._acting, self._organisation, path=("organisationId",)
        )
        told = {**self._properties, "organisationId": self._organisation}
        stage.create(self._ref, told, action=CREATED)
        return self._ref


class VerifyOrganisation(Command):
    """Say which party an organisation is: it speaks for that party from then on.

    Refuses NotThere, NotAllowed to who has ties to it, and VersionConflict.
    """

    def __init__(
        self, acting: Acting, organisation: str, party: str, *, expected: int | None
    ) -> None:
        self._acting = acting
        self._ref = Ref("Organisation", organisation)
        self._party = Ref("Party", party)
        self.reads = (self._ref, self._party)
        self._expected = expected

    async def run(self, stage: Stage) -> Ref:
        """Verify it."""
        had = await standing(stage, self._ref, expected=self._expected)
        await standing(stage, self._party, path=("partyId",))
        if await has_ties(stage, self._acting.user, self._ref.id):
            raise NotAllowed("Nobody verifies an organisation of their own.", path=("id",))
        if had.get("partyId") == self._party.id:
            raise RuleBroken(
                "It is verified to be that party already.", path=("partyId",), rule="VERIFIED_ONCE"
            )
        told = {"partyId": self._party.id, "verifiedAt": stage.now}
        await stage.change(self._ref, told, action=VERIFIED)
        return self._ref
