"""Things of the sample to ask about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.ids import global_id
from schema.registry import findable_types

if TYPE_CHECKING:
    import httpx

_GATHER: Final = """
{
  artists(first: 60) { nodes { id } }
  recordings(first: 20) { nodes { id } }
  works(first: 20) { nodes { id } }
  releases(first: 20) { nodes { id } }
  labels(first: 20) { nodes { id } }
  parties(first: 100) { nodes {
    id artists(first: 1) { nodes { id } } claims(first: 1) { nodes { id asset { __typename id } } }
    agreementsAssigned(first: 1) { nodes { id } }
  } }
  policyFlags(first: 20) { nodes { id subject { id } } }
  conflicts(first: 1) { nodes { id } }
}
"""
_LINKS: Final = """query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Artist { identityLinks(first: 5) { nodes {
    id identity { scheme value } } } } }
}"""
MERGED: Final = "merged-for-federation"
DEAL: Final = "deal-for-federation"
MAKE_DEAL: Final = """
MATCH (release:Release {id: $release})
MATCH (party:Party {id: $party})
CREATE (deal:Deal {id: $id, kind: 'DEAL', status: 'ASSERTED', territories: ['2136'],
  uses: ['STREAM'], models: ['SUBSCRIPTION_MODEL'], recordedAt: $now, sourceId: 'test'})
CREATE (deal)-[:COVERS]->(release)
CREATE (deal)-[:SENT_WITH]->(release)
CREATE (deal)-[:SENT_BY]->(party)
"""
END_DEAL: Final = "MATCH (deal:Deal {id: $id}) DETACH DELETE deal"
UNMERGE: Final = "MATCH (redirect:Redirect {id: $id}) DELETE redirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """Things of the sample, by type; what has claims and flags, and outside identities."""

    by_type: dict[str, list[str]]
    owned: list[str]
    flagged: list[str]
    identities: list[dict[str, str]]

    @classmethod
    async def gather(cls, client: httpx.AsyncClient, address: str) -> Things:
        """Return what the whole schema's server tells of."""
        data = await _data(client, address, _GATHER, {})
        page = {name: found["nodes"] for name, found in data.items()}
        parties = page["parties"]
        artists = [each["id"] for party in parties for each in party["artists"]["nodes"]]
        claims = [each for party in parties for each in party["claims"]["nodes"]]
        things = {"ids": artists[:20] + [each["id"] for each in page["artists"]]}
        linked = (await _data(client, address, _LINKS, things))["nodes"]
        links = [link for each in linked for link in each["identityLinks"]["nodes"]]
        return cls(
            by_type={
                "Artist": artists,
                "Recording": [each["id"] for each in page["recordings"]],
                "Work": [each["id"] for each in page["works"]],
                "Release": [each["id"] for each in page["releases"]],
                "Label": [each["id"] for each in page["labels"]],
                "Party": [each["id"] for each in parties],
                "Claim": [each["id"] for each in claims],
                "Agreement": [
                    each["id"] for party in parties for each in party["agreementsAssigned"]["nodes"]
                ],
                "IdentityLink": [each["id"] for each in links],
                "PolicyFlag": [each["id"] for each in page["policyFlags"]],
                "Conflict": [each["id"] for each in page["conflicts"]],
                "Deal": [global_id("Deal", DEAL)],
            },
            owned=[each["asset"]["id"] for each in claims],
            flagged=[each["subject"]["id"] for each in page["policyFlags"]],
            identities=[each["identity"] for each in links],
        )

    @property
    def merged(self) -> str:
        """The first artist by an id that was merged into it."""
        return global_id("Artist", MERGED)

    @property
    def each(self) -> list[str]:
        """One thing of every type that has ids."""
        assert self.by_type.keys() == findable_types()
        return [found[0] for found in self.by_type.values()]


async def _data(
    client: httpx.AsyncClient, address: str, query: str, variables: dict[str, Any]
) -> dict[str, Any]:
    response = await client.post(address, json={"query": query, "variables": variables})
    assert "errors" not in response.json(), response.text
    return response.json()["data"]
