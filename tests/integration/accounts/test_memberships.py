"""Organisations, their members, and what membership grants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from graph.journal import verify
from resolvers.permission import Role
from tests.integration.accounts.people import People, Word, codes, user_id

MEMBERSHIP: Final = "membership { id role status validFrom validTo version }"
OWN: Final = (
    "{ viewer { roles memberships { nodes { role status organisation { name } user { id } } } } }"
)


async def roles(people: People, name: str) -> list[str]:
    """Return the roles that somebody has."""
    return (await people.asks(name, "{ viewer { roles } }")).data["viewer"]["roles"]


async def test_who_makes_an_organisation_is_its_admin(people: People) -> None:
    """Registered by that; with what admins may grant, and nothing of the whole system."""
    await people.organisation("ada", "Ada's")
    viewer = (await people.asks("ada", OWN)).data["viewer"]
    assert viewer == {
        "roles": ["VIEWER", "CREATOR", "RIGHTSHOLDER"],
        "memberships": {
            "nodes": [
                {
                    "role": "ADMIN",
                    "status": "ACTIVE",
                    "organisation": {"name": "Ada's"},
                    "user": {"id": user_id("ada")},
                }
            ]
        },
    }
    assert (await verify(people.graph)).flaw is None


async def test_who_has_no_name_makes_nothing(people: People) -> None:
    """Where nobody knows who asks, nobody is an admin."""
    for text in (
        'createOrganisation(input: {name: "x"})',
        'register(input: {fullName: "x"})',
        'acceptInvitation(input: {token: "x"})',
    ):
        answer = await people.ask(f"mutation {{ it: {text} {{ __typename }} }}")
        assert answer.refusal["code"] == "UNAUTHENTICATED"
    assert (await verify(people.graph)).records == 0


async def test_a_user_tells_of_themself(people: People) -> None:
    """A name and an address, on the user's own node and nowhere else; each can be taken away."""
    told = "user { id fullName email version }"
    payload = await people.does("ada", "register", told, fullName=" Ada  L. ", email="a@b.org")
    me = {"id": user_id("ada"), "fullName": "Ada L.", "email": "a@b.org", "version": 1}
    assert payload == {"user": me, "errors": []}
    payload = await people.does("ada", "register", told, email=None)
    assert payload["user"] == {**me, "email": None, "version": 2}
    answer = await people.asks("ada", "{ viewer { user { fullName email } } }")
    assert answer.data["viewer"]["user"] == {"fullName": "Ada L.", "email": None}
    other = await people.asks("bob", "{ viewer { user { fullName } memberships { totalCount } } }")
    assert other.data["viewer"] == {"user": None, "memberships": {"totalCount": 0}}
    [wrong] = (await people.does("ada", "register", told, email="nobody"))["errors"]
    assert (wrong["code"], wrong["path"]) == ("INVALID_VALUE", ["email"])


async def test_an_invitation_is_accepted_once(people: People) -> None:
    """Its token is told once, only its hash is kept, and what it grants holds from that moment."""
    organisation = await people.organisation("ada")
    assert await roles(people, "bob") == []
    given: dict[str, Any] = {
        "organisationId": organisation,
        "email": "bob@example.com",
        "role": Word("RIGHTSHOLDER"),
        "idempotencyKey": "k",
    }
    first = await people.does("ada", "inviteMember", "token membership { id }", **given)
    again = await people.does("ada", "inviteMember", "token membership { id }", **given)
    assert first["token"]
    assert again == {**first, "token": None}
    stored = await people.graph.read(
        "all there is", "MATCH (n) RETURN collect(toString(properties(n).details)) AS rows"
    )
    kept = await people.graph.read(
        "invitations", "MATCH (n:Membership) RETURN collect(n.invitation) AS rows"
    )
    assert first["token"] not in "".join([*filter(None, stored), *kept])
    payload = await people.does("bob", "acceptInvitation", MEMBERSHIP, token=first["token"])
    assert payload["membership"]["status"] == "ACTIVE"
    assert await roles(people, "bob") == ["RIGHTSHOLDER"]
    for name in ("bob", "eve"):
        payload = await people.does(name, "acceptInvitation", MEMBERSHIP, token=first["token"])
        assert codes(payload) == [("NOT_FOUND", ["token"])]
    assert await roles(people, "eve") == []
    address = await people.graph.read(
        "addresses", "MATCH (n:Membership) RETURN collect(n.email) AS rows"
    )
    assert address == []


async def test_an_invitation_of_a_user_is_theirs(people: People) -> None:
    """They see it, answer it by its id, and nobody else does, with its token or without."""
    organisation = await people.organisation("ada")
    for name in ("bob", "eve"):
        await people.does(name, "register", "user { id }")
    given = {"organisationId": organisation, "userId": user_id("bob"), "role": Word("CREATOR")}
    invited = await people.does("ada", "inviteMember", "token membership { id }", **given)
    assert codes(await people.does("ada", "inviteMember", "token", **given)) == [
        ("RULE_BROKEN", ["userId"])
    ]
    assert (await people.asks("bob", OWN)).data["viewer"]["memberships"]["nodes"] == [
        {
            "role": "CREATOR",
            "status": "INVITED",
            "organisation": {"name": "Org"},
            "user": {"id": user_id("bob")},
        }
    ]
    for shown in ({"token": invited["token"]}, {"id": invited["membership"]["id"]}):
        for answer in ("acceptInvitation", "refuseInvitation"):
            payload = await people.does("eve", answer, MEMBERSHIP, **shown)
            assert codes(payload) == [("NOT_FOUND", [*shown])]
            assert payload["membership"] is None
    payload = await people.does("bob", "refuseInvitation", MEMBERSHIP, **shown)
    assert payload["membership"]["status"] == "REFUSED"
    assert await roles(people, "bob") == []
    assert codes(await people.does("bob", "acceptInvitation", MEMBERSHIP, **shown)) == [
        ("NOT_FOUND", ["id"])
    ]


async def test_nobody_gives_themself_anything(people: People) -> None:
    """No invitation of oneself, by user or by a second address, and no change of one's own role."""
    organisation = await people.organisation("ada")
    other = await people.member("ada", organisation, "bob")
    given: dict[str, Any] = {"organisationId": organisation, "role": Word("CREATOR")}
    payload = await people.does("ada", "inviteMember", "token", userId=user_id("ada"), **given)
    assert codes(payload) == [("NOT_ALLOWED", ["userId"])]
    invited = await people.does("ada", "inviteMember", "token", email="a@b.org", **given)
    payload = await people.does("ada", "acceptInvitation", MEMBERSHIP, token=invited["token"])
    assert codes(payload) == [("NOT_ALLOWED", ["token"])]
    for name, expected in (("bob", ("NOT_ALLOWED", ["id"])), ("eve", ("NOT_FOUND", ["id"]))):
        payload = await people.does(name, "changeRole", MEMBERSHIP, id=other, role=Word("ADMIN"))
        assert codes(payload) == [expected]
    assert await roles(people, "bob") == ["VIEWER"]


async def test_an_organisations_admin_grants_nothing_of_the_whole_system(people: People) -> None:
    """Only an admin of the system gives roles over the whole catalogue; nobody gives the highest."""
    organisation = await people.organisation("ada")
    membership = await people.member("ada", organisation, "bob")
    given: dict[str, Any] = {"organisationId": organisation, "email": "x@y.org"}
    for role in ("EDITOR", "RIGHTS_ANALYST", "IDENTITY_CURATOR", "FINANCE", "SENIOR_REVIEWER"):
        word = Word(role)
        payload = await people.does("ada", "inviteMember", "token", role=word, **given)
        assert codes(payload) == [("NOT_ALLOWED", ["role"])]
        payload = await people.does("ada", "changeRole", MEMBERSHIP, id=membership, role=word)
        assert codes(payload) == [("NOT_ALLOWED", ["role"])]
    for role in ("AUDITOR", "SERVICE"):
        ask = await people.of("root", Role.ADMIN)
        answer = await ask(
            f'mutation {{ changeRole(input: {{id: "{membership}", role: {role}}}) {{ {MEMBERSHIP} }} }}'
        )
        assert answer.refusal["code"] == "GRAPHQL_VALIDATION_FAILED"
    payload = await people.does(
        "root", "changeRole", MEMBERSHIP, Role.ADMIN, id=membership, role=Word("EDITOR")
    )
    assert payload["errors"] == []
    assert await roles(people, "bob") == ["EDITOR"]
    made = await people.does("bob", "createLabel", "label { name }", name="Bob's")
    assert made == {"label": {"name": "Bob's"}, "errors": []}


async def test_an_organisation_keeps_an_admin(people: People) -> None:
    """The last one neither leaves nor is put out; with another, without a term, they may."""
    organisation = await people.organisation("ada")
    text = "{ viewer { memberships(status: ACTIVE) { nodes { id } } } }"
    [own] = (await people.asks("ada", text)).data["viewer"]["memberships"]["nodes"]
    assert codes(await people.does("ada", "endMembership", MEMBERSHIP, **own)) == [
        ("RULE_BROKEN", ["id"])
    ]
    term = {"validTo": (today() + timedelta(days=30)).isoformat()}
    passing = await people.member("ada", organisation, "eve", "ADMIN", **term)
    for change, given in (
        ("endMembership", {}),
        ("changeRole", {"role": Word("VIEWER")}),
        ("changeRole", {"role": Word("ADMIN"), "validTo": "2999-01-01"}),
    ):
        payload = await people.does("root", change, MEMBERSHIP, Role.ADMIN, **own, **given)
        assert [each["rule"] for each in payload["errors"]] == ["LAST_ADMIN"]
    await people.member("ada", organisation, "bob", "ADMIN")
    payload = await people.does("ada", "endMembership", MEMBERSHIP, **own)
    assert payload["membership"]["status"] == "ENDED"
    assert payload["errors"] == []
    assert await roles(people, "ada") == []
    assert (await people.does("bob", "endMembership", MEMBERSHIP, id=passing))["errors"] == []
    assert await roles(people, "eve") == []


def today() -> Any:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("begin", "end", "holds"),
    [(-1, None, True), (0, 1, True), (1, None, False), (None, 0, False), (-2, -1, False)],
)
async def test_a_membership_holds_within_its_term(
    people: People, begin: int | None, end: int | None, *, holds: bool
) -> None:
    """From its first day until the day before its last; before and after it grants nothing."""
    organisation = await people.organisation("ada")
    term = {
        name: (today() + timedelta(days=days)).isoformat()
        for name, days in (("validFrom", begin), ("validTo", end))
        if days is not None
    }
    await people.member("ada", organisation, "bob", "CREATOR", **term)
    assert await roles(people, "bob") == (["CREATOR"] if holds else [])
    text = f"""{{
      organisation(id: "{organisation}") {{ memberships {{ totalCount }} }}
      organisations {{ totalCount }}
    }}"""
    assert (await people.asks("bob", text)).data == {
        "organisation": {"memberships": {"totalCount": 2}} if holds else None,
        "organisations": {"totalCount": int(holds)},
    }


async def test_a_term_does_not_end_before_it_begins(people: People) -> None:
    """Whichever of the two is given last."""
    organisation = await people.organisation("ada")
    membership = await people.member("ada", organisation, "bob", validFrom="2024-01-01")
    payload = await people.does(
        "ada",
        "changeRole",
        MEMBERSHIP,
        id=membership,
        role=Word("VIEWER"),
        validTo="2024-01-01",
    )
    assert codes(payload) == [("INVALID_VALUE", ["validTo"])]


async def test_a_stranger_sees_nothing_of_an_organisation(people: People) -> None:
    """Neither it nor its members, by id, in lists, in counts, or by what a change of it is told."""
    organisation = await people.organisation("ada")
    membership = await people.member("ada", organisation, "bob")
    text = f"""{{
      organisation(id: "{organisation}") {{
        name memberships {{ totalCount nodes {{ role user {{ id }} }} }}
      }}
      organisations {{ totalCount nodes {{ id }} }}
    }}"""
    for name, told in (("ada", 1), ("bob", 1), ("eve", 0)):
        data = (await people.asks(name, text)).data
        assert data["organisations"]["totalCount"] == told
        assert len(data["organisations"]["nodes"]) == told
        assert (data["organisation"] is not None) == bool(told)
    for role, told in ((Role.AUDITOR, 1), (Role.EDITOR, 0)):
        data = (await people.asks("eve", text, role)).data
        assert data["organisations"]["totalCount"] == told
        if told:
            assert data["organisation"]["memberships"]["totalCount"] == 2
    for change, given in (
        ("createTeam", {"organisationId": organisation, "name": "x"}),
        (
            "inviteMember",
            {"organisationId": organisation, "email": "e@v.e", "role": Word("VIEWER")},
        ),
        ("endMembership", {"id": membership}),
        ("changeRole", {"id": membership, "role": Word("VIEWER")}),
    ):
        [error] = (await people.does("eve", change, "__typename", **given))["errors"]
        assert (error["code"], error["message"]) == ("NOT_FOUND", "There is no such thing.")
    nobody = await people.asks("eve", "{ viewer { memberships { nodes { id } } } }")
    assert nobody.data["viewer"]["memberships"]["nodes"] == []


async def test_who_is_invited_sees_no_members(people: People) -> None:
    """The organisation's name, to decide by; its members once they are one."""
    organisation = await people.organisation("ada")
    await people.does("bob", "register", "user { id }")
    given = {"organisationId": organisation, "userId": user_id("bob"), "role": Word("VIEWER")}
    await people.does("ada", "inviteMember", "token", **given)
    text = (
        f'{{ organisation(id: "{organisation}") {{ name memberships {{ totalCount }} }} '
        "organisations { totalCount } }"
    )
    data = (await people.asks("bob", text)).data
    assert data == {
        "organisation": {"name": "Org", "memberships": {"totalCount": 0}},
        "organisations": {"totalCount": 0},
    }


@pytest.mark.parametrize(
    ("change", "given"),
    [
        ("endMembership", {}),
        ("changeRole", {"role": Word("CREATOR")}),
        ("changeRole", {"role": Word("ADMIN"), "validTo": "2020-01-01"}),
        ("erasePersonalData", None),
    ],
)
async def test_what_an_admin_offered_is_void_without_them(
    people: People, change: str, given: dict[str, Any] | None
) -> None:
    """However they stop being one; what others offered, and the system's admins, stays."""
    organisation = await people.organisation("ada")
    membership = await people.member("ada", organisation, "bob", "ADMIN")
    tokens: dict[str, str] = {}
    for number, (name, roles) in enumerate({"ada": (), "bob": (), "root": (Role.ADMIN,)}.items()):
        invited = await people.does(
            name,
            "inviteMember",
            "token",
            *roles,
            organisationId=organisation,
            email=f"{number}@example.com",
            role=Word("ADMIN"),
        )
        tokens[name] = invited["token"]
    about = {"userId": user_id("bob")} if given is None else {"id": membership, **given}
    payload = await people.does("root", change, "__typename", Role.ADMIN, **about)
    assert payload["errors"] == []
    for name, token in tokens.items():
        payload = await people.does(f"{name}s", "acceptInvitation", MEMBERSHIP, token=token)
        assert codes(payload) == ([("NOT_FOUND", ["token"])] if name == "bob" else [])
    payload = await people.does("eve", "refuseInvitation", MEMBERSHIP, token=tokens["bob"])
    assert payload["errors"] == []


async def test_a_team_is_of_its_organisation(people: People) -> None:
    """Its members are invited to it; another organisation's team is not there, and it has no admins."""
    ours, theirs = await people.organisation("ada"), await people.organisation("eve")
    made = await people.does(
        "ada", "createTeam", "team { id name }", organisationId=ours, name="A&R"
    )
    team = made["team"]["id"]
    given: dict[str, Any] = {"email": "x@y.org", "teamId": team}
    payload = await people.does(
        "eve", "inviteMember", "token", organisationId=theirs, role=Word("VIEWER"), **given
    )
    assert codes(payload) == [("NOT_FOUND", ["teamId"])]
    payload = await people.does(
        "ada", "inviteMember", "token", organisationId=ours, role=Word("ADMIN"), **given
    )
    assert codes(payload) == [("RULE_BROKEN", ["teamId"])]
    payload = await people.does(
        "ada",
        "inviteMember",
        "membership { team { name organisation { id } } }",
        organisationId=ours,
        role=Word("VIEWER"),
        **given,
    )
    assert payload["membership"]["team"] == {"name": "A&R", "organisation": {"id": ours}}
    text = f'{{ organisation(id: "{ours}") {{ teams {{ nodes {{ name }} }} }} }}'
    assert (await people.asks("ada", text)).data["organisation"]["teams"]["nodes"] == [
        {"name": "A&R"}
    ]


async def test_an_organisation_is_verified_by_others(people: People) -> None:
    """To be a party that there is, by a rights analyst who is no member of it."""
    organisation = await people.organisation("ada")
    made = await people.does(
        "root", "createParty", "party { id }", Role.ADMIN, name="P", kind=Word("ORGANISATION")
    )
    party = made["party"]["id"]
    given = {"id": organisation, "partyId": party}
    ask = await people.of("ada")
    refused = await ask(
        f'mutation {{ it: verifyOrganisation(input: {{id: "{organisation}", partyId: "{party}"}}) '
        "{ __typename } }"
    )
    assert refused.refusal["code"] == "FORBIDDEN"
    told = "organisation { verifiedAt party { id } }"
    analyst = Role.RIGHTS_ANALYST
    payload = await people.does("ada", "verifyOrganisation", told, analyst, **given)
    assert codes(payload) == [("NOT_ALLOWED", ["id"])]
    payload = await people.does("ann", "verifyOrganisation", told, analyst, **given)
    assert payload["organisation"]["party"] == {"id": party}
    assert payload["organisation"]["verifiedAt"] is not None


async def test_no_feed_tells_of_accounts(people: People) -> None:
    """Whoever follows changes learns of none of them, by kind, by number, or by asking for their types."""
    await people.does("ada", "register", "user { id }", fullName="Ada", email="ada@example.com")
    organisation = await people.organisation("ada")
    await people.member("ada", organisation, "bob")
    told = "{ changes { totalCount nodes { type } } }"
    assert (await people.asks("feeder", told, Role.SERVICE)).data["changes"] == {
        "totalCount": 0,
        "nodes": [],
    }
    for kind in ("User", "Membership", "Organisation"):
        text = f'{{ changes(types: ["{kind}"]) {{ totalCount }} }}'
        assert (await people.asks("feeder", text, Role.SERVICE)).refusal["argument"] == "types"


async def test_who_invites_somebody_learns_nothing_of_them(people: People) -> None:
    """Members see one another while both are members; who decides on accounts sees all; others nobody."""
    organisation = await people.organisation("ada")
    await people.does("ada", "register", "__typename", fullName="Ada L.")
    await people.does("bob", "register", "__typename", fullName="Bob B.", email="bob@private.org")
    told = "user { id fullName email }"
    given: dict[str, Any] = {"organisationId": organisation, "role": Word("VIEWER")}
    invited = await people.does(
        "ada", "inviteMember", f"membership {{ id {told} }}", userId=user_id("bob"), **given
    )
    assert invited["membership"]["user"] is None
    own = {"id": user_id("bob"), "fullName": "Bob B.", "email": "bob@private.org"}

    async def seen(who: str, *roles: Role) -> list[Any]:
        text = (
            f'{{ organisation(id: "{organisation}") {{ memberships {{ nodes {{ {told} }} }} }} }}'
        )
        nodes = (await people.asks(who, text, *roles)).data["organisation"]["memberships"]["nodes"]
        return [node["user"] and node["user"]["fullName"] for node in nodes]

    async def of_oneself(who: str) -> list[Any]:
        text = f"{{ viewer {{ {told} memberships {{ nodes {{ {told} }} }} }} }}"
        viewer = (await people.asks(who, text)).data["viewer"]
        return [viewer["user"], *(node["user"] for node in viewer["memberships"]["nodes"])]

    assert await seen("ada") == ["Ada L.", None]
    assert await of_oneself("bob") == [own, own]
    for role in (Role.AUDITOR, Role.RIGHTS_ANALYST):
        assert await seen("eve", role) == ["Ada L.", "Bob B."]
    term = {"validFrom": (today() + timedelta(days=1)).isoformat()}
    membership = {"id": invited["membership"]["id"]}
    assert (await people.does("bob", "acceptInvitation", "__typename", **membership))[
        "errors"
    ] == []
    assert await seen("ada") == await seen("bob") == ["Ada L.", "Bob B."]
    await people.does("ada", "changeRole", "__typename", role=Word("VIEWER"), **term, **membership)
    assert await seen("ada") == ["Ada L.", None]
    back = {"validFrom": None, "role": Word("VIEWER")}
    await people.does("ada", "changeRole", "__typename", **back, **membership)
    assert await seen("ada") == ["Ada L.", "Bob B."]
    await people.does("ada", "endMembership", "__typename", **membership)
    assert await seen("ada") == ["Ada L.", None]
    assert await of_oneself("bob") == [own, own]


async def test_who_claims_a_profile_is_told_to_who_decides(people: People) -> None:
    """And to fellows; an id of a user finds nobody by any other way."""
    await people.does("bob", "register", "__typename", fullName="Bob B.", email="bob@private.org")
    made = await people.does("bob", "createArtist", "artist { id }", Role.EDITOR, name="Nina")
    organisation = await people.organisation("bob")
    await people.member("bob", organisation, "ada")
    for given in ({}, {"organisationId": organisation}):
        payload = await people.does(
            "bob", "requestArtistClaim", "__typename", artistId=made["artist"]["id"], **given
        )
        assert payload["errors"] == []
    text = "{ artistClaims { nodes { user { fullName } } } }"
    bob = {"user": {"fullName": "Bob B."}}
    for who, roles, told in (
        ("bob", (), [bob, bob]),
        ("ada", (), [bob]),  # The one that is of the organisation.
        ("cyd", (Role.IDENTITY_CURATOR,), [bob, bob]),
        ("eve", (), []),
    ):
        answer = await people.asks(who, text, *roles)
        assert answer.data["artistClaims"]["nodes"] == told
    key = user_id("bob")
    for query in (
        f'{{ it: node(id: "{key}") {{ __typename }} }}',
        f'{{ it: nodes(ids: ["{key}"]) {{ __typename }} }}',
        f'{{ it: _entities(representations: [{{__typename: "User", id: "{key}"}}]) {{ __typename }} }}',
    ):
        for role in Role:
            answer = await people.asks("eve", query, role)
            assert answer.body["data"] in (None, {"it": None}, {"it": [None]})
