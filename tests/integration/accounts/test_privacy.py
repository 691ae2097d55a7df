"""What is held on a person, told and erased."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

import pytest

from graph.accounts import privacy
from graph.journal import verify
from resolvers.permission import Role
from tests.integration.accounts.people import People, Word, codes, user_id

EMAIL: Final = "bob@example.com"
EVERYTHING: Final = "MATCH (n) RETURN collect(properties(n)) AS rows"


async def stored(people: People) -> str:
    """Return all properties of all nodes, as one text."""
    return str(await people.graph.read("everything", EVERYTHING))


async def known(people: People) -> str:
    """Have the graph hold a name, addresses, a membership, an invitation and a claim of bob's."""
    told = "user { id }"
    await people.does("bob", "register", told, fullName="Bob Bobson", email=EMAIL)
    organisation = await people.organisation("ada")
    await people.member("ada", organisation, "bob")
    other = await people.organisation("cyd", "Other")
    await people.does(
        "cyd",
        "inviteMember",
        "token",
        organisationId=other,
        email=EMAIL,
        role=Word("CREATOR"),
    )
    made = await people.does("bob", "createArtist", "artist { id }", Role.EDITOR, name="Nina")
    claim = await people.does(
        "bob", "requestArtistClaim", "artistClaim { id }", artistId=made["artist"]["id"]
    )
    await people.does(
        "bob",
        "addEvidence",
        "__typename",
        id=claim["artistClaim"]["id"],
        evidence=["Bobson's passport"],
    )
    return organisation


async def exported(people: People, who: str, *roles: Role) -> Any:
    """Return what is told of bob."""
    payload = await people.does(who, "exportPersonalData", "data", *roles, userId=user_id("bob"))
    assert payload["errors"] == []
    return json.loads(payload["data"])


@pytest.mark.parametrize(("who", "roles"), [("bob", ()), ("root", (Role.ADMIN,))])
async def test_all_that_is_held_is_told(people: People, who: str, roles: tuple[Role, ...]) -> None:
    """To the user and to admins: the user, memberships, invitations, claims and changes; and recorded."""
    await known(people)
    held = await exported(people, who, *roles)
    assert held["format"] == "content-graph/personal-data/1"
    assert (held["user"]["fullName"], held["user"]["email"]) == ("Bob Bobson", EMAIL)
    # That an address is bob's nobody has checked: what goes by it is an admin's to tell.
    by_address = ["INVITED"] if roles else []
    assert sorted(each["status"] for each in held["memberships"]) == ["ACTIVE", *by_address]
    assert [each["evidence"] for each in held["artistClaims"]] == [["Bobson's passport"]]
    did = [(each["type"], each["action"]) for each in held["changes"]]
    assert ("User", "REGISTERED") in did
    assert ("Artist", "CREATED") in did
    assert did[-1] == ("User", "EXPORTED")
    assert "invitation" not in {name for each in held["memberships"] for name in each}
    sequences = [each["sequence"] for each in held["changes"]]
    assert sequences == sorted(set(sequences))


async def test_a_long_history_is_told_in_pages(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of a few changes with what these are about; together they are all that is held."""
    organisation = await known(people)
    for number in range(5):
        await people.does("bob", "register", "__typename", fullName=f"Bob {number}")
        name = f"{number}@example.com"
        await people.member("ada", organisation, f"member{number}", "CREATOR")
        await people.does("ada", "createTeam", "__typename", organisationId=organisation, name=name)
    whole = await exported(people, "root", Role.ADMIN)
    monkeypatch.setattr(privacy, "PAGE", 5)
    pages: list[Any] = []
    after: dict[str, str] = {}
    while True:
        payload = await people.does(
            "root",
            "exportPersonalData",
            "data next",
            Role.ADMIN,
            userId=user_id("bob"),
            **after,
        )
        assert payload["errors"] == []
        pages.append(json.loads(payload["data"]))
        if payload["next"] is None:
            break
        assert len(pages[-1]["changes"]) == 5
        after = {"after": payload["next"]}
    exports = ("User", "EXPORTED")
    told = [each for page in pages for each in page["changes"]]
    assert [each for each in told if (each["type"], each["action"]) != exports] == [
        each for each in whole["changes"] if (each["type"], each["action"]) != exports
    ]
    sequences = [each["sequence"] for each in told]
    assert sequences == sorted(set(sequences))
    for kind in ("memberships", "artistClaims", "mandates"):
        found = {each["id"]: each for page in pages for each in page[kind]}
        assert found == {each["id"]: each for each in whole[kind]}
    assert {each["id"] for page in pages for each in page["memberships"]} != set()
    wrong = await (await people.of("bob"))(
        f'mutation {{ it: exportPersonalData(input: {{userId: "{user_id("bob")}", after: "x"}}) '
        "{ data } }"
    )
    assert wrong.refusal["code"] == "CURSOR_INVALID"


@pytest.mark.parametrize("name", ["exportPersonalData", "erasePersonalData"])
async def test_it_is_nobody_elses(people: People, name: str) -> None:
    """Whether there is such a user or not; nothing is recorded."""
    await known(people)
    before = (await verify(people.graph)).records
    for key in (user_id("bob"), user_id("nobody")):
        text = f'mutation {{ it: {name}(input: {{userId: "{key}"}}) {{ __typename }} }}'
        for role in {*Role} - {Role.ADMIN}:
            answer = await (await people.of("eve", role))(text)
            assert answer.refusal["code"] == "FORBIDDEN"
    assert (await verify(people.graph)).records == before
    payload = await people.does("root", name, "__typename", Role.ADMIN, userId=user_id("nobody"))
    assert codes(payload) == [("NOT_FOUND", ["userId"])]


@pytest.mark.parametrize(("who", "roles"), [("bob", ()), ("root", (Role.ADMIN,))])
async def test_what_is_personal_is_erased_everywhere(
    people: People, who: str, roles: tuple[Role, ...]
) -> None:
    """On nodes and in the history, which holds; what was done to the catalogue stays, with its records."""
    organisation = await known(people)
    assert "Bobson" in await stored(people)
    records = (await verify(people.graph)).records
    payload = await people.does(
        who,
        "erasePersonalData",
        "user { id fullName email version }",
        *roles,
        userId=user_id("bob"),
    )
    assert payload["errors"] == []
    user = {"id": user_id("bob"), "fullName": None, "email": None, "version": 2}
    assert payload["user"] == user
    left = await stored(people)
    assert "Bobson" not in left
    assert left.count(EMAIL) == (0 if roles else 1)  # An invitation to it, which may be another's.
    verified = await verify(people.graph)
    assert verified.flaw is None
    assert verified.erased > 0
    # The user, the claim, and the memberships that ended: one of them by address.
    assert verified.records == records + (4 if roles else 3)
    assert (await people.viewer("bob")).roles == frozenset()
    text = f'{{ organisation(id: "{organisation}") {{ memberships {{ nodes {{ status }} }} }} }}'
    nodes = (await people.asks("ada", text)).data["organisation"]["memberships"]["nodes"]
    assert [each["status"] for each in nodes] == ["ACTIVE", "ENDED"]
    artists = await people.asks(
        "eve", "{ artists { nodes { name history { nodes { action } } } } }", Role.AUDITOR
    )
    assert artists.data["artists"]["nodes"] == [
        {"name": "Nina", "history": {"nodes": [{"action": "CREATED"}]}}
    ]
    held = await exported(people, who, *roles)
    assert {name for name, value in held["user"].items() if value is not None} == {
        *("id", "version", "recordedAt", "erasedAt")
    }


TAKE_AWAY: Final = "MATCH (c:Change {sequence: $at}) REMOVE c.details, c.salt"
LAST: Final = """
MATCH (change:Change {type: $type, action: $action})
RETURN max(change.sequence) AS rows
"""


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("Artist", "CREATED"),  # Of nothing that was erased.
        ("User", "ERASED"),  # The record of the erasure itself.
        ("Membership", "ERASED"),
        ("ArtistClaim", "ERASED"),
        ("User", "REGISTERED"),  # Of the user, but after the erasure.
    ],
)
async def test_what_no_erasure_took_away_is_missed(people: People, kind: str, action: str) -> None:
    """Only what a later record tells to have been erased may be without its details."""
    await known(people)
    for _ in range(2):  # Of the first erasure, the second erases the record, too.
        for mutation, given in (
            ("erasePersonalData", {"userId": user_id("bob")}),
            ("register", {}),
        ):
            payload = await people.does("bob", mutation, "__typename", **given)
            assert payload["errors"] == []
    assert (await verify(people.graph)).flaw is None
    at = await people.graph.read("the last", LAST, type=kind, action=action)
    await people.graph.write("take away", [(TAKE_AWAY, {"at": at})])
    flaw: Any = (await verify(people.graph)).flaw
    assert (flaw.sequence, flaw.what.partition(",")[0]) == (at, "has no details any more")


async def test_the_last_admin_leaves_nobody_behind(people: People) -> None:
    """Neither by erasing themself: another is made admin first, or an admin of the system does it."""
    organisation = await people.organisation("ada")
    await people.does("ada", "register", "__typename", fullName="Ada L.")
    await people.member("ada", organisation, "bob")
    await people.member("ada", organisation, "cyd", "ADMIN", validTo="2999-01-01")
    own = {"userId": user_id("ada")}
    told = "user { fullName }"
    payload = await people.does("ada", "erasePersonalData", told, **own)
    assert [(each["rule"], each["path"]) for each in payload["errors"]] == [
        ("LAST_ADMIN", ["userId"])
    ]
    ada = await people.asks("ada", "{ viewer { user { fullName } } }")
    assert ada.data["viewer"]["user"] == {"fullName": "Ada L."}
    bob = {"userId": user_id("bob")}
    assert (await people.does("bob", "erasePersonalData", told, **bob))["errors"] == []
    await people.member("ada", organisation, "eve", "ADMIN")
    payload = await people.does("ada", "erasePersonalData", told, **own)
    assert payload == {"user": {"fullName": None}, "errors": []}
    eve = {"userId": user_id("eve")}
    payload = await people.does("eve", "erasePersonalData", told, **eve)
    assert [each["rule"] for each in payload["errors"]] == ["LAST_ADMIN"]
    payload = await people.does("root", "erasePersonalData", told, Role.ADMIN, **eve)
    assert payload["errors"] == []
    assert (await verify(people.graph)).flaw is None


async def test_who_is_alone_takes_their_offers_with_them(people: People) -> None:
    """An organisation without another member is left with nobody; who was invited finds nothing."""
    organisation = await people.organisation("ada")
    invited = await people.does(
        "ada",
        "inviteMember",
        "token",
        organisationId=organisation,
        email=EMAIL,
        role=Word("ADMIN"),
    )
    payload = await people.does("ada", "erasePersonalData", "__typename", userId=user_id("ada"))
    assert payload["errors"] == []
    payload = await people.does("bob", "acceptInvitation", "__typename", token=invited["token"])
    assert codes(payload) == [("NOT_FOUND", ["token"])]
    text = (
        f'{{ organisation(id: "{organisation}") {{ name memberships {{ nodes {{ status }} }} }} }}'
    )
    assert (await people.asks("eve", text, Role.AUDITOR)).data["organisation"] == {
        "name": "Org",
        "memberships": {"nodes": [{"status": "ENDED"}, {"status": "INVITED"}]},
    }


async def test_what_is_told_at_the_same_time_is_erased_or_later(people: People) -> None:
    """A name that came in the same moment stands in no record that is older than the erasure."""
    await people.does("bob", "register", "__typename", fullName="Bob 0", email=EMAIL)
    await asyncio.gather(
        *(
            people.does("bob", "register", "__typename", fullName=f"Bob {number}")
            for number in range(1, 5)
        ),
        people.does("bob", "erasePersonalData", "__typename", userId=user_id("bob")),
    )
    assert EMAIL not in await stored(people)
    text = """MATCH (change:Change) WITH change ORDER BY change.sequence
RETURN collect([change.action, coalesce(change.details, '')]) AS rows"""
    changes = await people.graph.read("changes", text)
    at = [action for action, _ in changes].index("ERASED")
    assert all("Bob" not in details for _, details in changes[:at])
    assert (await verify(people.graph)).flaw is None
