"""Claims on artist profiles: made by one, decided by another."""

from __future__ import annotations

from typing import Any, Final

import pytest

from graph.journal import verify
from resolvers.permission import Role
from schema.ids import global_id
from tests.integration.accounts.people import People, codes

CURATOR: Final = Role.IDENTITY_CURATOR
TOLD: Final = "artistClaim { id status evidence version }"
DECISIONS: Final = ("verifyArtistClaim", "refuseArtistClaim", "revokeArtistClaim")


async def artist(people: People) -> str:
    """Return the id of a new artist."""
    made = await people.does("root", "createArtist", "artist { id }", Role.ADMIN, name="Nina")
    return made["artist"]["id"]


async def claimed(people: People, name: str, **given: Any) -> str:
    """Return the id of a new claim."""
    if "artistId" not in given:
        given["artistId"] = await artist(people)
    payload = await people.does(name, "requestArtistClaim", TOLD, **given)
    assert payload["errors"] == []
    assert payload["artistClaim"]["status"] == "REQUESTED"
    return payload["artistClaim"]["id"]


def rules(payload: dict[str, Any]) -> list[str | None]:
    """Return the rules that would be broken."""
    return [each["rule"] for each in payload["errors"]]


async def test_a_claim_goes_its_way(people: People) -> None:
    """Requested, with evidence, verified, revoked; each only from where it may be."""
    claim = {"id": await claimed(people, "ada")}
    payload = await people.does("cur", "verifyArtistClaim", TOLD, CURATOR, **claim)
    assert rules(payload) == ["EVIDENCE_MISSING"]
    payload = await people.does("cur", "revokeArtistClaim", TOLD, CURATOR, **claim)
    assert rules(payload) == ["CLAIM_DECIDED"]
    for evidence in (["https://nina.example"], ["the label's letter", "https://nina.example"]):
        payload = await people.does("ada", "addEvidence", TOLD, evidence=evidence, **claim)
        assert payload["errors"] == []
    assert payload["artistClaim"]["evidence"] == ["https://nina.example", "the label's letter"]
    payload = await people.does("cur", "verifyArtistClaim", TOLD, CURATOR, **claim)
    assert payload["artistClaim"]["status"] == "VERIFIED"
    payload = await people.does("ada", "addEvidence", TOLD, evidence=["more"], **claim)
    assert rules(payload) == ["CLAIM_DECIDED"]
    for decision in DECISIONS[:2]:
        payload = await people.does("cur", decision, TOLD, CURATOR, **claim)
        assert rules(payload) == ["CLAIM_DECIDED"]
    payload = await people.does("cur", "revokeArtistClaim", TOLD, Role.EDITOR, **claim)
    assert payload["artistClaim"]["status"] == "REVOKED"
    assert (await verify(people.graph)).flaw is None


@pytest.mark.parametrize("decision", DECISIONS)
async def test_nobody_decides_a_claim_of_their_own(people: People, decision: str) -> None:
    """Not the claimant, nor a fellow of the claimant organisation, whatever their roles."""
    organisation = await people.organisation("ada")
    await people.member("ada", organisation, "bob")
    for given in ({}, {"organisationId": organisation}):
        claim = await claimed(people, "ada", **given)
        for name in ("ada", "bob") if given else ("ada",):
            payload = await people.does(name, decision, TOLD, CURATOR, Role.ADMIN, id=claim)
            assert codes(payload) == [("NOT_ALLOWED", ["id"])]
        ask = await people.of("eve", Role.CREATOR)
        text = f'mutation {{ it: {decision}(input: {{id: "{claim}"}}) {{ __typename }} }}'
        assert (await ask(text)).refusal["code"] == "FORBIDDEN"


async def test_a_profile_is_claimed_once_by_each(people: People) -> None:
    """Again after it was refused; by others, and for an organisation, beside."""
    profile = await artist(people)
    organisation = await people.organisation("ada")
    first = await claimed(people, "ada", artistId=profile)
    payload = await people.does("ada", "requestArtistClaim", TOLD, artistId=profile)
    assert rules(payload) == ["CLAIMED_ONCE"]
    await claimed(people, "bob", artistId=profile)
    await claimed(people, "ada", artistId=profile, organisationId=organisation)
    payload = await people.does("cur", "refuseArtistClaim", TOLD, CURATOR, id=first)
    assert payload["artistClaim"]["status"] == "REFUSED"
    await claimed(people, "ada", artistId=profile)
    for name, given, path in (
        ("eve", {"artistId": profile, "organisationId": organisation}, "organisationId"),
        ("eve", {"artistId": global_id("Artist", "nobody")}, "artistId"),
    ):
        payload = await people.does(name, "requestArtistClaim", TOLD, **given)
        assert codes(payload) == [("NOT_FOUND", [path])]


async def test_a_claim_is_seen_by_its_own_and_who_decides(people: People) -> None:
    """Its evidence too; to others it is as if it were not there, in lists, counts and payloads."""
    organisation = await people.organisation("ada")
    await people.member("ada", organisation, "bob")
    await claimed(people, "ada")
    claim = await claimed(people, "ada", organisationId=organisation)
    text = """{ artistClaims(status: REQUESTED) { totalCount nodes {
      evidence artist { name } organisation { id }
    } } }"""
    for name, roles, told in (
        ("ada", (), 2),
        ("bob", (), 1),
        ("eve", (), 0),
        ("eve", (CURATOR,), 2),
        ("eve", (Role.AUDITOR,), 2),
    ):
        page = (await people.asks(name, text, *roles)).data["artistClaims"]
        assert page["totalCount"] == len(page["nodes"]) == told
    payload = await people.does("eve", "addEvidence", TOLD, id=claim, evidence=["x"])
    assert codes(payload) == [("NOT_FOUND", ["id"])]
    assert payload["artistClaim"] is None


async def test_a_verified_claim_gives_no_rights(people: People) -> None:
    """Not one role, and not one claim of ownership."""
    claim = {"id": await claimed(people, "ada")}
    await people.does("ada", "addEvidence", TOLD, evidence=["x"], **claim)
    await people.does("cur", "verifyArtistClaim", TOLD, CURATOR, **claim)
    viewer = await people.viewer("ada")
    assert (viewer.roles, viewer.acts_for) == (frozenset(), ())
    assert await people.graph.read("claims", "MATCH (n:Claim) RETURN count(n) AS rows") == 0
