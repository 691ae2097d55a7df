"""What rights are written by, and how they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from resolvers.permission import Role
from schema.ids import global_id
from tests.integration.accounts.people import Word

if TYPE_CHECKING:
    from tests.integration.accounts.people import People

PARTIES: Final = ("ann", "bob", "cat")
ASSETS: Final = {"song": "Work", "take": "Recording", "live": "Recording"}
CLAIM: Final = (
    "claim { id share status role validFrom validTo recordedTo territory { description } "
    "party { name } revises { id } source { kind } }"
)
CONFLICTS: Final = "conflicts { effect kind rule conflict { status } }"
OWNED: Final = """query ($id: ID!, $right: Right!, $territory: String!, $at: Date!, $known: DateTime) {
  node(id: $id) { ... on Asset { ownership(
    right: $right, territory: $territory, at: $at, knownAt: $known
  ) {
    total status explanation claims { id status share party { name } }
    conflicts { id }
  } } } }"""


def asset_id(key: str) -> str:
    """Return the global id of an asset."""
    return global_id(ASSETS.get(key, "Recording"), key)


def party_id(key: str) -> str:
    """Return the global id of a party."""
    return global_id("Party", key)


class Rights:
    """Who writes rights of one graph: an analyst, unless somebody else is named."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.graph = people.graph

    async def does(
        self,
        mutation: str,
        told: str,
        *roles: Role,
        who: str = "rita",
        **given: Any,
    ) -> dict[str, Any]:
        """Return the payload of a change that somebody asks for."""
        return await self.people.does(
            who, mutation, told, *(roles or (Role.RIGHTS_ANALYST,)), **given
        )

    async def claims(self, asset: str, party: str, share: int = 10_000, **more: Any) -> Any:
        """Return the payload of a claim that an analyst asserts."""
        given: dict[str, Any] = {
            "assetId": asset_id(asset),
            "partyId": party_id(party),
            "right": Word("PR" if ASSETS.get(asset) == "Work" else "MASTER"),
            "kind": Word("OWNERSHIP"),
            "share": share,
            **more,
        }
        return await self.does("assertClaim", f"{CLAIM} {CONFLICTS}", **given)

    async def claimed(self, asset: str, party: str, share: int = 10_000, **more: Any) -> str:
        """Return the id of a claim that is asserted."""
        payload = await self.claims(asset, party, share, **more)
        assert payload["errors"] == [], payload
        return payload["claim"]["id"]

    async def owned(
        self,
        asset: str,
        territory: str = "DE",
        at: str = "2026-01-01",
        known: str | None = None,
        right: str | None = None,
    ) -> dict[str, Any]:
        """Return who owns an asset in a cell, planned and on graphql-core alike."""
        given: dict[str, Any] = {
            "id": asset_id(asset),
            "right": right or ("PR" if ASSETS.get(asset) == "Work" else "MASTER"),
            "territory": territory,
            "at": at,
            "known": known,
        }
        planned = (await self.people.ask(OWNED, **given)).data
        assert (await self.people.ask.through_loaders(OWNED, **given)).data == planned
        return planned["node"]["ownership"]


def told(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a change does to conflicts: the effect, and the rule."""
    return [(each["effect"], each["rule"]) for each in payload["conflicts"]]


def rules(payload: dict[str, Any]) -> list[tuple[str, str | None, list[str]]]:
    """Return what is wrong: codes, rules and places."""
    return [(each["code"], each["rule"], each["path"]) for each in payload["errors"]]
