"""The statements of the journal: a closed table of literal texts, by label."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

_LABELS: Final[tuple[LiteralString, ...]] = (
    "Artist",
    "Recording",
    "Work",
    "Release",
    "Label",
    "Party",
    "User",
    "Organisation",
    "Team",
    "Membership",
    "Mandate",
    "ArtistClaim",
    "Claim",
    "Agreement",
    "Conflict",
)
"""The labels whose things commands create and change."""


def _states(label: LiteralString) -> LiteralString:
    return f"""
UNWIND $ids AS key
MATCH (node:{label} {{id: key}})
RETURN collect([key, properties(node)]) AS rows
"""


def _create(label: LiteralString) -> LiteralString:
    return f"""
UNWIND $rows AS row
CREATE (node:{label})
SET node = row
"""


def _set(label: LiteralString) -> LiteralString:
    # Not the id with them: Neo4j, told to set what an index has to what it is, goes on finding the node in
    # the same transaction once it is deleted.
    return f"""
UNWIND $rows AS row
MATCH (node:{label} {{id: row.id}})
SET node += row.properties
"""


STATES: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _states(label) for label in _LABELS}
)
CREATE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _create(label) for label in _LABELS}
)
SET: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _set(label) for label in _LABELS}
)

# Whoever comes here first holds the head until its transaction ends: records follow one another.
TAKE_HEAD: Final = """
MERGE (journal:Journal {id: 'journal'})
ON CREATE SET journal.sequence = 0, journal.hash = $genesis
SET journal.turn = coalesce(journal.turn, 0) + 1
RETURN [journal.sequence, journal.hash, journal.at] AS rows
"""

MOVE_HEAD: Final = """
MATCH (journal:Journal {id: 'journal'})
SET journal.sequence = $sequence, journal.hash = $hash, journal.at = $at
"""

APPEND: Final = """
UNWIND $rows AS row
CREATE (change:Change)
SET change = row
"""

# As `Change` has them, in order.
_ROW: Final[LiteralString] = (
    "[change.sequence, change.id, change.command, change.at, change.action, change.type, "
    "change.subject, change.version, change.actor, change.onBehalfOf, change.source, "
    "change.traceId, change.onceKey, change.onceDigest, change.aboutType, change.about, "
    "change.details, change.salt, change.digest, change.previous, change.hash]"
)

DONE_BEFORE: Final[LiteralString] = f"""
UNWIND $keys AS key
MATCH (asked:Change {{onceKey: key}})
MATCH (change:Change {{command: asked.command}})
WITH key, asked, change ORDER BY change.sequence
RETURN collect([key, {_ROW}]) AS rows
"""

RECORDS: Final[LiteralString] = f"""
MATCH (change:Change)
WHERE change.sequence > $after AND change.sequence <= $until
WITH change ORDER BY change.sequence
RETURN collect({_ROW}) AS rows
"""

STRAYS: Final = """
MATCH (change:Change)
WHERE NOT coalesce(change.sequence >= 1, false) OR change.sequence > $until
RETURN [
  count(CASE WHEN NOT coalesce(change.sequence >= 1, false) THEN 1 END),
  max(CASE WHEN change.sequence > $until THEN change.sequence END)
] AS rows
"""

HEAD: Final = """
OPTIONAL MATCH (journal:Journal {id: 'journal'})
RETURN [coalesce(journal.sequence, 0), coalesce(journal.hash, $genesis)] AS rows
"""
