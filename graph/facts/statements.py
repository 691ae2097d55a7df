"""The statements of the write side: a closed table of literal texts, by label and relationship.

Every statement takes `$rows`, `$sourceId` and `$recordedAt`, and may run again: it then changes
nothing. A relationship is looked for and made only where it is missing, which both engines do
faster than MERGE; rows are distinct by key, since a statement does not see its own relationships.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString


def _fill(label: LiteralString) -> LiteralString:
    # What stands is put back after the gaps are filled: a mention never changes a property.
    return (
        """
UNWIND $rows AS row
MERGE (node:"""
        + label
        + """ {id: row.id})
ON CREATE SET node.sourceId = $sourceId, node.recordedAt = $recordedAt
WITH node, row, properties(node) AS had
WHERE any(key IN keys(row.gaps) WHERE had[key] IS NULL)
SET node += row.gaps
SET node += had
"""
    )


def _state(label: LiteralString) -> LiteralString:
    return (
        """
UNWIND $rows AS row
MERGE (node:"""
        + label
        + """ {id: row.id})
ON CREATE SET node.sourceId = $sourceId, node.recordedAt = $recordedAt
SET node += row.known
"""
    )


def _link(
    start: LiteralString,
    relation: LiteralString,
    end: LiteralString,
    key: LiteralString = "",
    made: LiteralString = "",
) -> LiteralString:
    """Return the statement for one relationship type: `key` tells it from others of the pair.

    `made` names the properties it is created with, the key's included.
    """
    return (
        "\nUNWIND $rows AS row\n"
        "MATCH (start:" + start + " {id: row.start})\n"
        "MATCH (end:" + end + " {id: row.end})\n"
        "OPTIONAL MATCH (start)-[old:" + relation + "]->(end)" + key + "\n"
        "FOREACH (absent IN CASE WHEN old IS NULL THEN [1] ELSE [] END |\n"
        "  CREATE (start)-[:" + relation + " {sourceId: $sourceId, recordedAt: $recordedAt"
        "" + made + "}]->(end))\n"
        "SET old += row.known\n"
    )


_ROLE: Final = " WHERE old.role = row.role AND old.position = row.position"
_CREDIT: Final = (
    ", role: row.role, position: row.position,"
    " creditedAs: row.known.creditedAs, joinPhrase: row.known.joinPhrase"
)
_DATES: Final = (
    " WHERE coalesce(old.beginDate, '') = coalesce(row.beginDate, '')"
    " AND coalesce(old.endDate, '') = coalesce(row.endDate, '')"
)
_DATED: Final = ", beginDate: row.beginDate, endDate: row.endDate"
_ARTISTS: Final = _DATED + ", attributes: row.known.attributes"

FILL: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        "Artist": _fill("Artist"),
        "Recording": _fill("Recording"),
        "Work": _fill("Work"),
        "Release": _fill("Release"),
        "Label": _fill("Label"),
        "Party": _fill("Party"),
    }
)

STATE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        "Artist": _state("Artist"),
        "Recording": _state("Recording"),
        "Work": _state("Work"),
        "Release": _state("Release"),
        "Label": _state("Label"),
        "Party": _state("Party"),
        "Identifier": _state("Identifier"),
        "Identity": _state("Identity"),
        "IdentityLink": _state("IdentityLink"),
        "Claim": _state("Claim"),
        "Agreement": _state("Agreement"),
        "PolicyFlag": _state("PolicyFlag"),
    }
)

# (start's label, relationship type, end's label) → statement.
LINK: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {
        ("Artist", "RECORDED", "Recording"): _link(
            "Artist", "RECORDED", "Recording", _ROLE, _CREDIT
        ),
        ("Artist", "RELEASED", "Release"): _link("Artist", "RELEASED", "Release", _ROLE, _CREDIT),
        ("Artist", "WROTE", "Work"): _link("Artist", "WROTE", "Work", _ROLE, _CREDIT),
        ("Release", "HAS_TRACK", "Recording"): _link(
            "Release",
            "HAS_TRACK",
            "Recording",
            " WHERE old.medium = row.medium AND old.position = row.position",
            ", medium: row.medium, position: row.position, number: row.known.number,"
            " title: row.known.title, lengthMs: row.known.lengthMs",
        ),
        ("Release", "ISSUED_BY", "Label"): _link(
            "Release",
            "ISSUED_BY",
            "Label",
            " WHERE old.catalogueNumber = row.catalogueNumber",
            ", catalogueNumber: row.catalogueNumber",
        ),
        ("Recording", "RECORDING_OF", "Work"): _link(
            "Recording", "RECORDING_OF", "Work", made=", attributes: row.known.attributes"
        ),
        ("Artist", "MEMBER_OF", "Artist"): _link("Artist", "MEMBER_OF", "Artist", _DATES, _ARTISTS),
        ("Artist", "ALIAS_OF", "Artist"): _link("Artist", "ALIAS_OF", "Artist", _DATES, _ARTISTS),
        ("Artist", "PERFORMS_AS", "Artist"): _link(
            "Artist", "PERFORMS_AS", "Artist", _DATES, _ARTISTS
        ),
        ("Label", "SUBLABEL_OF", "Label"): _link("Label", "SUBLABEL_OF", "Label"),
        ("Party", "OPERATES", "Label"): _link("Party", "OPERATES", "Label"),
        ("Party", "PARENT_OF", "Party"): _link("Party", "PARENT_OF", "Party", _DATES, _DATED),
        ("Party", "KNOWN_AS", "Artist"): _link("Party", "KNOWN_AS", "Artist"),
        ("Artist", "HAS_IDENTIFIER", "Identifier"): _link("Artist", "HAS_IDENTIFIER", "Identifier"),
        ("Recording", "HAS_IDENTIFIER", "Identifier"): _link(
            "Recording", "HAS_IDENTIFIER", "Identifier"
        ),
        ("Work", "HAS_IDENTIFIER", "Identifier"): _link("Work", "HAS_IDENTIFIER", "Identifier"),
        ("Release", "HAS_IDENTIFIER", "Identifier"): _link(
            "Release", "HAS_IDENTIFIER", "Identifier"
        ),
        ("Label", "HAS_IDENTIFIER", "Identifier"): _link("Label", "HAS_IDENTIFIER", "Identifier"),
        ("Party", "HAS_IDENTIFIER", "Identifier"): _link("Party", "HAS_IDENTIFIER", "Identifier"),
        ("Artist", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Artist", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("Recording", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Recording", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("Work", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Work", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("Release", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Release", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("Label", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Label", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("Party", "HAS_IDENTITY_LINK", "IdentityLink"): _link(
            "Party", "HAS_IDENTITY_LINK", "IdentityLink"
        ),
        ("IdentityLink", "IDENTIFIES", "Identity"): _link("IdentityLink", "IDENTIFIES", "Identity"),
        ("Claim", "ON", "Recording"): _link("Claim", "ON", "Recording"),
        ("Claim", "ON", "Work"): _link("Claim", "ON", "Work"),
        ("Claim", "CLAIMED_BY", "Party"): _link("Claim", "CLAIMED_BY", "Party"),
        ("Party", "ASSIGNS", "Agreement"): _link("Party", "ASSIGNS", "Agreement"),
        ("Agreement", "ACQUIRED_BY", "Party"): _link("Agreement", "ACQUIRED_BY", "Party"),
        ("Party", "PASSES_TO", "Party"): _link("Party", "PASSES_TO", "Party"),
        ("PolicyFlag", "FLAGS", "Artist"): _link("PolicyFlag", "FLAGS", "Artist"),
        ("PolicyFlag", "FLAGS", "Recording"): _link("PolicyFlag", "FLAGS", "Recording"),
        ("PolicyFlag", "FLAGS", "Release"): _link("PolicyFlag", "FLAGS", "Release"),
        ("PolicyFlag", "FLAGS", "Work"): _link("PolicyFlag", "FLAGS", "Work"),
    }
)
