"""Who has ties to an organisation decides nothing about it, also before the ties are in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from resolvers.permission import Role
from tests.integration.accounts.people import People, Word, codes, user_id

LAPSE: Final = """
MATCH (membership:Membership {status: 'INVITED'})
SET membership.invitedUntil = '2020-01-01T00:00:00.000000Z'
"""
ROLES: Final = (Role.RIGHTS_ANALYST, Role.IDENTITY_CURATOR)


async def tied(people: People, organisation: str, how: str) -> None:
    """Have cyd be tied to an organisation in one of several ways, or not any more."""
    today = datetime.now(UTC).date()
    await people.does("cyd", "register", "__typename")
    invitation: dict[str, Any] = {"organisationId": organisation, "role": Word("VIEWER")}
    if how == "begins tomorrow":
        invitation["validFrom"] = (today + timedelta(days=1)).isoformat()
    if how == "is over":
        invitation |= {"validFrom": "2020-01-01", "validTo": today.isoformat()}
    made = await people.does(
        "ada", "inviteMember", "membership { id }", userId=user_id("cyd"), **invitation
    )
    membership = {"id": made["membership"]["id"]}
    match how:
        case "invited":
            return
        case "lapsed":
            await people.graph.write("let it lapse", [(LAPSE, {})])
        case "refused":
            await people.does("cyd", "refuseInvitation", "__typename", **membership)
        case _:
            payload = await people.does("cyd", "acceptInvitation", "__typename", **membership)
            assert payload["errors"] == []
    if how == "ended":
        await people.does("cyd", "endMembership", "__typename", **membership)


@pytest.mark.parametrize(
    ("how", "ties"),
    [
        ("invited", True),
        ("begins tomorrow", True),
        ("in force", True),
        ("lapsed", False),
        ("refused", False),
        ("ended", False),
        ("is over", False),
    ],
)
async def test_who_has_ties_decides_nothing(people: People, how: str, *, ties: bool) -> None:
    """Which party it is, what it is mandated for, and whose profile it speaks for, others decide."""
    organisation = await people.organisation("ada")
    party = (
        await people.does(
            "root", "createParty", "party { id }", Role.ADMIN, name="P", kind=Word("ORGANISATION")
        )
    )["party"]["id"]
    artist = await people.does("root", "createArtist", "artist { id }", Role.ADMIN, name="Nina")
    claim = await people.does(
        "ada",
        "requestArtistClaim",
        "artistClaim { id }",
        artistId=artist["artist"]["id"],
        organisationId=organisation,
    )
    await tied(people, organisation, how)
    decisions: dict[str, tuple[dict[str, str], str]] = {
        "refuseArtistClaim": ({"id": claim["artistClaim"]["id"]}, "id"),
        "grantMandate": ({"organisationId": organisation, "partyId": party}, "organisationId"),
        "verifyOrganisation": ({"id": organisation, "partyId": party}, "id"),
    }
    for decision, (given, path) in decisions.items():
        payload = await people.does("cyd", decision, "__typename", *ROLES, **given)
        assert codes(payload) == ([("NOT_ALLOWED", [path])] if ties else [])
