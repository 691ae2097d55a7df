"""Users, organisations and memberships: who sees them, and what is asked of them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from graph.accounts.acting import Acting
from graph.accounts.memberships import (
    AnswerInvitation,
    ChangeRole,
    EndMembership,
    Invitation,
    InviteMember,
)
from graph.accounts.organisations import (
    CreateOrganisation,
    CreateTeam,
    Register,
    VerifyOrganisation,
)
from graph.accounts.reads import fellows_among, memberships_seen, organisations_seen, today
from graph.accounts.rows import MEMBERSHIPS_BY_USER, MembershipRow
from graph.journal import Command
from resolvers.context import Context
from resolvers.editing import checked
from resolvers.lists import Criteria, Listed, Page, page_of
from resolvers.permission import ORGANISATIONS, USERS, Role, Viewer
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, carry_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What came of an invitation, and what whoever is invited has to show; told once."""

    outcome: Outcome
    token: str | None


async def register(context: Context, asked: Asked, given: Mapping[str, Any]) -> Outcome:
    """Have the viewer stand in the graph, with what they tell of themself."""
    user = context.viewer.named()
    return await carry_out(context, asked, lambda: Register(user, checked(given)))


async def create_organisation(context: Context, asked: Asked, given: Mapping[str, Any]) -> Outcome:
    """Make an organisation whose admin is the viewer."""
    context.viewer.named()
    return await _changed(
        context, asked, lambda: CreateOrganisation(acting(context.viewer), checked(given))
    )


async def create_team(
    context: Context, asked: Asked, organisation: str, given: Mapping[str, Any]
) -> Outcome:
    """Make a team of an organisation."""
    return await carry_out(
        context, asked, lambda: CreateTeam(acting(context.viewer), organisation, checked(given))
    )


async def verify_organisation(
    context: Context, asked: Asked, organisation: str, party: str, expected: int | None
) -> Outcome:
    """Say which party an organisation is."""
    return await carry_out(
        context,
        asked,
        lambda: VerifyOrganisation(acting(context.viewer), organisation, party, expected=expected),
        Thing("Organisation", organisation),
    )


async def invite_member(
    context: Context, asked: Asked, invitation: Invitation, given: Mapping[str, Any]
) -> Invited:
    """Invite somebody, by what is given of the invitation."""
    token = secrets.token_urlsafe()

    def make() -> Command:
        told = checked(given)
        whole = replace(
            invitation,
            secret=secret_of(token),
            email=told.get("email"),
            valid_from=told.get("validFrom"),
            valid_to=told.get("validTo"),
        )
        return InviteMember(acting(context.viewer), whole)

    outcome = await carry_out(context, asked, make)
    told = outcome.subject is not None and not outcome.again
    return Invited(outcome=outcome, token=token if told else None)


async def answer_invitation(
    context: Context, asked: Asked, *, accepted: bool, id_: str | None, token: str | None
) -> Outcome:
    """Accept an invitation, or refuse it, by its token or its id."""
    context.viewer.named()
    secret = secret_of(token) if token is not None else None
    return await _changed(
        context,
        asked,
        lambda: AnswerInvitation(acting(context.viewer), accepted=accepted, id_=id_, secret=secret),
    )


async def end_membership(
    context: Context, asked: Asked, membership: str, expected: int | None
) -> Outcome:
    """End a membership, or take an invitation back."""
    return await _changed(
        context,
        asked,
        lambda: EndMembership(acting(context.viewer), membership, expected=expected),
        Thing("Membership", membership),
    )


async def change_role(
    context: Context,
    asked: Asked,
    membership: str,
    given: Mapping[str, Any],
    expected: int | None,
) -> Outcome:
    """Change a member's role, and its term."""
    return await _changed(
        context,
        asked,
        lambda: ChangeRole(acting(context.viewer), membership, checked(given), expected=expected),
        Thing("Membership", membership),
    )


async def own_memberships(
    context: Context, page: Page, status: str | None
) -> Listed[MembershipRow]:
    """Return the viewer's memberships, invitations too; a caller without a name has none."""
    loader = context.loaders.lists.of(MEMBERSHIPS_BY_USER)
    criteria = Criteria(order="RECORDED", filters={"status": status})
    return await page_of(loader, context.viewer.user or "", page, criteria)


async def see_organisations(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the organisations that the viewer may see: their own, unless they may see all."""
    if context.viewer.may(ORGANISATIONS):
        return frozenset(ids)
    user = context.viewer.user
    return await organisations_seen(context.loaders.graph, user, ids) if user else frozenset()


async def see_memberships(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the memberships that the viewer may see: their own, and their fellows'."""
    if context.viewer.may(ORGANISATIONS):
        return frozenset(ids)
    user = context.viewer.user
    return await memberships_seen(context.loaders.graph, user, ids) if user else frozenset()


async def see_users(context: Context, ids: Sequence[str]) -> AbstractSet[str]:
    """Return those of the users that the viewer may see: themself, and the members beside them.

    Who is only invited is nobody's fellow: else to invite somebody would tell of them.
    """
    if context.viewer.may(USERS):
        return frozenset(ids)
    user = context.viewer.user
    if user is None:
        return frozenset()
    others = [each for each in ids if each != user]
    if not others:
        return frozenset({user})
    return await fellows_among(context.loaders.graph, user, others) | {user}


def as_member(name: str) -> Callable[[Viewer], Mapping[str, Any]]:
    """Return what has a list be told as far as a viewer is a member, by the list's filter of that name."""

    def within(viewer: Viewer) -> Mapping[str, Any]:
        if viewer.may(ORGANISATIONS):
            return {}
        return {name: (viewer.user or "", today().isoformat())}

    return within


def acting(viewer: Viewer, *, entitled: bool = False) -> Acting:
    """Return the viewer as commands know who acts."""
    everything = Role.ADMIN in viewer.roles
    return Acting(user=viewer.actor, everything=everything, entitled=entitled)


def secret_of(token: str) -> str:
    """Return what is stored of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def _changed(
    context: Context, asked: Asked, make: Callable[[], Command], about: Thing | None = None
) -> Outcome:
    """Carry out what changes a membership; what memberships grant is looked up anew."""
    try:
        return await carry_out(context, asked, make, about)
    finally:  # It may be made although nobody waits for it any more.
        if context.grants is not None:
            context.grants.forget()
