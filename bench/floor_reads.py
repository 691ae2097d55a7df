"""What the floor reads for each operation: statements that return one record of nested lists.

Written by hand, with just the columns that the operation's document asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from bench.operations import Operation, Variables
from bench.peers.asked import peer_variables

Read: TypeAlias = "tuple[str, dict[str, Any]]"
Prepared: TypeAlias = "Mapping[str, Sequence[Sequence[Read]]]"
"""The statements of requests, by operation and by number of the choice of variables."""
Reads: TypeAlias = "Callable[[Operation, Variables], Sequence[Read]]"
"""Returns the statements that one request of an operation runs side by side."""

_PAGE: Final = 100
_SURVIVORS: Final = """
UNWIND $ids AS key
OPTIONAL MATCH (redirect:Redirect {id: key})
WITH key, coalesce(redirect.to, key) AS id
"""

_ARTIST: Final = """
OPTIONAL MATCH (redirect:Redirect {id: $id})
WITH coalesce(redirect.to, $id) AS id
MATCH (artist:Artist {id: id})
RETURN [artist.id, artist.name, artist.type, artist.country, artist.beginDate] AS rows
"""

_ARTISTS_WITH_RECORDINGS: Final = (
    _SURVIVORS
    + """
MATCH (artist:Artist {id: id})
CALL (artist) {
  MATCH (artist)-[:RECORDED]->(recording:Recording)
  WITH DISTINCT recording
  ORDER BY recording.sortKey, recording.id
  LIMIT 10
  RETURN collect([recording.id, recording.title, recording.year]) AS recordings
}
RETURN collect([artist.id, artist.name, recordings]) AS rows
"""
)

_OWNERSHIP: Final = """
CALL (recording) {
  MATCH (recording)<-[:ON]-(claim:Claim)-[:CLAIMED_BY]->(party:Party)
  WHERE claim.kind = 'OWNERSHIP' AND claim.status IN ['ASSERTED', 'DISPUTED']
    AND claim.right = 'MASTER'
  WITH claim, party
  ORDER BY claim.id
  WITH collect(DISTINCT party) AS origins, collect([
    claim.share, claim.status, claim.territories, claim.excludedTerritories,
    claim.validFrom, claim.validTo, party.id, party.name
  ]) AS claims
  CALL (origins) {
    UNWIND origins AS origin
    CALL (origin) {
      MATCH (origin)-[:PASSES_TO*0..]->(assignor:Party)
      RETURN collect(DISTINCT assignor) AS assignors
    }
    UNWIND assignors AS assignor
    WITH DISTINCT assignor
    MATCH (assignor)-[:ASSIGNS]->(agreement:Agreement)-[:ACQUIRED_BY]->(acquirer:Party)
    WHERE agreement.kind = 'ASSIGNMENT' AND agreement.status IN ['ASSERTED', 'DISPUTED']
    WITH agreement, assignor, acquirer
    ORDER BY agreement.id
    RETURN collect([
      agreement.id, agreement.share, agreement.right, agreement.territories,
      agreement.excludedTerritories, agreement.validFrom, agreement.validTo,
      assignor.id, assignor.name, acquirer.id, acquirer.name
    ]) AS agreements
  }
  RETURN [claims, agreements] AS ownership
}
"""

_RECORDINGS_IN_FULL: Final = (
    _SURVIVORS
    + """
MATCH (recording:Recording {id: id})
CALL (recording) {
  MATCH (recording)-[:RECORDING_OF]->(work:Work)
  WITH DISTINCT work
  ORDER BY work.sortKey, work.id
  LIMIT 5
  RETURN collect([work.id, work.title]) AS works
}
CALL (recording) {
  MATCH (recording)<-[credit:RECORDED]-(artist:Artist)
  WITH credit, artist
  ORDER BY credit.position, credit.role, artist.id
  LIMIT 5
  RETURN collect([credit.role, artist.id, artist.name]) AS credits
}
CALL (recording) {
  MATCH (recording)<-[:FLAGS]-(flag:PolicyFlag)
  WITH flag
  ORDER BY flag.kind, flag.id
  LIMIT 5
  RETURN collect([flag.kind, flag.status]) AS flags
}
"""
    + _OWNERSHIP
    + "RETURN collect([recording.id, recording.title, works, credits, flags, ownership]) AS rows"
)

_OWNERSHIP_CHAINS: Final = (
    _SURVIVORS
    + "MATCH (recording:Recording {id: id})"
    + _OWNERSHIP
    + "RETURN collect([recording.id, recording.title, ownership]) AS rows"
)

_RECORDINGS: Final = """
MATCH (recording:Recording)
WHERE recording.sortKey >= $key AND (recording.sortKey > $key OR recording.id > $id)
WITH recording
ORDER BY recording.sortKey, recording.id
LIMIT $limit
RETURN collect([
  recording.id, recording.title, recording.lengthMs, recording.year, recording.artistCredit
]) AS rows
"""

_ARTISTS_WITH_IDENTITIES: Final = """
MATCH (artist:Artist)
WHERE artist.sortKey >= $key AND (artist.sortKey > $key OR artist.id > $id)
WITH artist
ORDER BY artist.sortKey, artist.id
LIMIT $limit
CALL (artist) {
  MATCH (artist)-[:HAS_IDENTITY_LINK]->(link:IdentityLink)
  MATCH (link)-[:IDENTIFIES]->(identity:Identity)
  WITH link, identity
  ORDER BY identity.scheme, identity.value, link.id
  LIMIT 5
  RETURN collect([link.status, link.confidence, identity.scheme, identity.value]) AS links
}
CALL (artist) {
  MATCH (artist)<-[:FLAGS]-(flag:PolicyFlag)
  WITH flag
  ORDER BY flag.kind, flag.id
  LIMIT 5
  RETURN collect([flag.kind, flag.status]) AS flags
}
RETURN collect([artist.id, artist.name, links, flags]) AS rows
"""


def reads(operation: Operation, variables: Variables) -> list[Read]:
    """Return the statements of one request, to be run side by side, each with its parameters."""
    asked = peer_variables(operation, variables)
    match operation:
        case Operation.Q1:
            return [(_ARTIST, asked)]
        case Operation.Q2:
            return [(_ARTISTS_WITH_RECORDINGS, asked)]
        case Operation.Q3:
            return [(_RECORDINGS_IN_FULL, {"ids": asked["ids"]})]
        case Operation.Q4:
            return [(_OWNERSHIP_CHAINS, {"ids": asked["ids"]})]
        case Operation.Q5:
            return [
                (
                    _RECORDINGS,
                    {"key": asked[f"{page}Key"], "id": asked[f"{page}Id"], "limit": _PAGE + 1},
                )
                for page in ("one", "two")
            ]
        case Operation.Q6:
            return [(_ARTISTS_WITH_IDENTITIES, {**asked, "limit": _PAGE + 1})]
