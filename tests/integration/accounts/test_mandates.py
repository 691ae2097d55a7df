"""Mandates: who grants them, and which claims a rightsholder sees by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from graph.facts import ClaimFact, PartyFact, RecordingFact, begin_source
from resolvers.permission import Role
from schema.ids import global_id
from standards.territories import TerritorySet
from tests.integration.accounts.people import People, Word, codes
from tests.reads.graphs import RECORDED, SOURCE, write

ANALYST: Final = Role.RIGHTS_ANALYST
TOLD: Final = "mandate { id status }"
PARTIES: Final = ("p1", "p2", "p3")
PLACES: Final = (("2136",), ("DE",), ("DE", "FR"), ("2120",), ("US", "CA"))
DAYS: Final = (None, "2020-01-01", "2024-06-01", "2031-01-01")


def party_id(key: str) -> str:
    """Return the global id of a party."""
    return global_id("Party", key)


async def parties(people: People) -> None:
    """Store the parties."""
    await begin_source(people.graph, SOURCE, RECORDED)
    await write(people.graph, [PartyFact(id=key, name=key, kind="ORGANISATION") for key in PARTIES])


async def granted(people: People, organisation: str, party: str, **terms: Any) -> str:
    """Return the id of a new mandate."""
    payload = await people.does(
        "ann",
        "grantMandate",
        TOLD,
        ANALYST,
        organisationId=organisation,
        partyId=party_id(party),
        **terms,
    )
    assert payload["errors"] == []
    return payload["mandate"]["id"]


async def test_who_may_grant_and_end_a_mandate(people: People) -> None:
    """A rights analyst outside of it, and the party's own verified organisation; nobody else."""
    await parties(people)
    agency, own = await people.organisation("ada"), await people.organisation("pia", "P1")
    given = {"organisationId": agency, "partyId": party_id("p1")}
    for name, roles in (("ada", ()), ("pia", ()), ("eve", (Role.EDITOR,))):
        payload = await people.does(name, "grantMandate", TOLD, *roles, **given)
        assert codes(payload) == [("NOT_ALLOWED", ["partyId"])]
    payload = await people.does("ada", "grantMandate", TOLD, ANALYST, **given)
    assert codes(payload) == [("NOT_ALLOWED", ["organisationId"])]
    await people.does(
        "ann",
        "verifyOrganisation",
        "__typename",
        ANALYST,
        id=own,
        partyId=party_id("p1"),
    )
    payload = await people.does("pia", "grantMandate", TOLD, **given)
    assert payload["errors"] == []
    mandate = payload["mandate"]["id"]
    for name, expected in (("ada", "NOT_ALLOWED"), ("eve", "NOT_FOUND")):
        payload = await people.does(name, "endMandate", TOLD, id=mandate)
        assert codes(payload) == [(expected, ["id"])]
        assert (payload["mandate"] is None) == (name == "eve")
    payload = await people.does("pia", "endMandate", TOLD, id=mandate)
    assert payload["mandate"] == {"id": mandate, "status": "ENDED"}
    payload = await people.does("ann", "endMandate", TOLD, ANALYST, id=mandate)
    assert [each["rule"] for each in payload["errors"]] == ["MANDATE_OVER"]
    own_party = {**given, "organisationId": own}
    payload = await people.does("ann", "grantMandate", TOLD, ANALYST, **own_party)
    assert [each["rule"] for each in payload["errors"]] == ["OWN_PARTY"]


async def test_what_no_mandate_can_be_about_is_refused(people: People) -> None:
    """Unknown territories, a period that ends first, nowhere; and the same thing twice."""
    await parties(people)
    given: dict[str, Any] = {
        "organisationId": await people.organisation("ada"),
        "partyId": party_id("p1"),
    }
    for terms, path in (
        ({"territories": ["DE", "XX"]}, ["territories", "1"]),
        ({"validFrom": "2024-01-01", "validTo": "2024-01-01"}, ["validTo"]),
        ({"territories": ["DE"], "excludedTerritories": ["2136"]}, ["excludedTerritories"]),
    ):
        payload = await people.does("ann", "grantMandate", TOLD, ANALYST, **given, **terms)
        assert codes(payload) == [("INVALID_VALUE", path)]
    here = {"territories": ["DE"], "rights": [Word("PR")], "validTo": "2030-01-01"}
    assert (await people.does("ann", "grantMandate", TOLD, ANALYST, **given, **here))[
        "errors"
    ] == []
    for change, refused in (
        ({}, True),
        ({"territories": ["2136"]}, True),
        ({"territories": ["FR"]}, False),
        ({"rights": [Word("MR")]}, False),
        ({"validFrom": "2030-01-01", "validTo": "2031-01-01"}, False),
    ):
        terms = {**here, **change}
        payload = await people.does("ann", "grantMandate", TOLD, ANALYST, **given, **terms)
        expected = ["MANDATE_TWICE"] if refused else []
        assert [each["rule"] for each in payload["errors"]] == expected


@dataclass(frozen=True)
class Given:
    """A mandate, as the oracle has it."""

    party: str
    right: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    begin: str | None
    end: str | None

    def has(self, claim: ClaimFact) -> bool:
        """Say whether a claim is within it, today."""
        today = datetime.now(UTC).date().isoformat()
        there = TerritorySet.parse(self.include, self.exclude)
        claimed = TerritorySet.parse(claim.territories, claim.excluded_territories)
        return (
            claim.party_id == self.party
            and self.right in (None, claim.right)
            and not there.isdisjoint(claimed)
            and (self.begin or "") <= today < (self.end or "~")
            and (self.begin or "") < (claim.valid_to or "~")
            and (claim.valid_from or "") < (self.end or "~")
        )


def claims(random: Random) -> list[ClaimFact]:
    """Return some claims of the parties, of all rights, places and times."""
    found: list[ClaimFact] = []
    for number in range(60):
        begin, end = sorted(random.sample(DAYS[1:], 2))
        found.append(
            ClaimFact(
                id=f"claim{number}",
                asset="Recording",
                asset_id="r1",
                party_id=random.choice(PARTIES),
                right=random.choice(("MASTER", "PR")),
                kind="OWNERSHIP",
                share=100,
                territories=random.choice(PLACES),
                excluded_territories=random.choice(((), (), ("DE",))),
                valid_from=random.choice((None, begin)),
                valid_to=random.choice((None, end)),
            )
        )
    return [each for each in found if set(each.territories) != set(each.excluded_territories)]


def mandates(random: Random) -> list[Given]:
    """Return some mandates, of which none is another's double."""
    tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
    return [
        Given("p1", "PR", ("DE", "FR"), (), None, "2030-01-01"),
        Given("p1", "MASTER", ("2136",), ("DE",), "2021-01-01", None),
        Given("p2", None, random.choice((("US",), ("2120",))), (), "2024-06-01", None),
        Given("p3", None, ("2136",), (), tomorrow, None),
    ]


LISTS: Final = """{
  recording(id: "%s") { claims(first: 100) { totalCount nodes { id } edges { node { id } } } }
  parties { nodes { claims(first: 100) { totalCount nodes { id party { id } } } } }
}"""


async def seen(people: People, ids: list[str], *roles: Role) -> set[str]:
    """Return the claims that ada sees, which are the same on every way to them."""
    name = "ada"
    lists = (await people.asks(name, LISTS % global_id("Recording", "r1"), *roles)).data
    page = lists["recording"]["claims"]
    found = {each["id"] for each in page["nodes"]}
    assert {each["node"]["id"] for each in page["edges"]} == found
    assert page["totalCount"] == len(found)
    pages = [each["claims"] for each in lists["parties"]["nodes"]]
    assert {each["id"] for page in pages for each in page["nodes"]} == found
    assert sum(page["totalCount"] for page in pages) == len(found)
    told = ", ".join(f'"{each}"' for each in ids)
    nodes = (await people.asks(name, f"{{ nodes(ids: [{told}]) {{ id }} }}", *roles)).data["nodes"]
    assert [each and each["id"] for each in nodes] == [
        each if each in found else None for each in ids
    ]
    things = ", ".join(f'{{__typename: "Claim", id: "{each}"}}' for each in ids)
    text = f"{{ _entities(representations: [{things}]) {{ ... on Claim {{ id }} }} }}"
    entities = (await people.asks(name, text, *roles)).data["_entities"]
    assert [each and each["id"] for each in entities] == [each and each["id"] for each in nodes]
    one = (await people.asks(name, f'{{ node(id: "{ids[0]}") {{ id }} }}', *roles)).data["node"]
    assert (one is not None) == (ids[0] in found)
    return found


async def test_a_rightsholder_sees_what_is_within_its_mandates(people: People) -> None:
    """By party, right, place and time, as set algebra has it; in lists, counts and by id alike."""
    random = Random(24)  # noqa: S311 - no secret is made of it.
    await parties(people)
    facts = claims(random)
    await write(people.graph, [RecordingFact(id="r1", title="R"), *facts])
    ids = [global_id("Claim", each.id) for each in facts]
    organisation = await people.organisation("ada")
    assert await seen(people, ids) == set()
    assert await seen(people, ids, ANALYST) == set(ids)
    given: list[Given] = []
    expected: set[str] = set()
    mandate = ""
    for each in mandates(random):
        terms: dict[str, Any] = {
            "rights": [Word(each.right)] if each.right else [],
            "territories": list(each.include),
            "excludedTerritories": list(each.exclude),
            "validFrom": each.begin,
            "validTo": each.end,
        }
        mandate = await granted(people, organisation, each.party, **terms)
        given.append(each)
        expected = {
            id_
            for id_, claim in zip(ids, facts, strict=True)
            if any(one.has(claim) for one in given)
        }
        assert await seen(people, ids) == expected
    assert set() < expected < set(ids)
    assert (await people.does("ann", "endMandate", TOLD, ANALYST, id=mandate))["errors"] == []
    assert await seen(people, ids) == expected
    payload = await people.does(
        "ann",
        "verifyOrganisation",
        "__typename",
        ANALYST,
        id=organisation,
        partyId=party_id("p3"),
    )
    assert payload["errors"] == []
    owned = {id_ for id_, claim in zip(ids, facts, strict=True) if claim.party_id == "p3"}
    assert await seen(people, ids) == expected | owned


async def test_what_is_told_in_whole_only_is_not_for_a_rightsholder(people: People) -> None:
    """Neither who owns what in the end nor agreements: parts of them would be wrong."""
    await parties(people)
    await write(people.graph, [RecordingFact(id="r1", title="R")])
    await people.organisation("ada")
    recording, party = global_id("Recording", "r1"), party_id("p1")
    chain = 'ownership(right: MASTER, territory: "DE") { status }'
    for text in (
        f'{{ recording(id: "{recording}") {{ it: {chain} }} }}',
        f'{{ party(id: "{party}") {{ it: agreementsAssigned {{ totalCount }} }} }}',
    ):
        assert (await people.asks("ada", text)).refusal["code"] == "FORBIDDEN"


async def test_members_see_their_mandates(people: People) -> None:
    """With what they are about; whoever is no member sees none."""
    await parties(people)
    organisation = await people.organisation("ada")
    await granted(people, organisation, "p1", territories=["DE"], rights=[Word("PR")])
    text = f"""{{ organisation(id: "{organisation}") {{ mandates {{ totalCount nodes {{
      rights territory {{ description }} party {{ name }} organisation {{ name }} status
    }} }} }} }}"""
    assert (await people.asks("ada", text)).data["organisation"]["mandates"] == {
        "totalCount": 1,
        "nodes": [
            {
                "rights": ["PR"],
                "territory": {"description": "Germany"},
                "party": {"name": "p1"},
                "organisation": {"name": "Org"},
                "status": "ACTIVE",
            }
        ],
    }
    assert (await people.asks("eve", text)).data["organisation"] is None
