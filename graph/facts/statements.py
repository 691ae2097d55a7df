"""The statements of the write side: a closed table of literal texts, by label and relationship.

Every statement takes `$rows`, `$sourceId`, `$recordedAt` and `$editors`, the editors' source, and may
run again: it then changes nothing. A relationship is looked for and made only where it is missing, which
both engines do faster than MERGE; rows are distinct by key, since a statement does not see its own
relationships.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

from graph.facts.editors import kept
from graph.facts.merging import LABELS
from graph.facts.relations import STATED, Relation


def _met(label: LiteralString) -> LiteralString:
    """Return what finds a node of each row, made where there is none, and what it `had` before."""
    return (
        """
UNWIND $rows AS row
MERGE (node:"""
        + label
        + """ {id: row.id})
ON CREATE SET node.sourceId = $sourceId, node.recordedAt = $recordedAt
WITH node, row, properties(node) AS had
"""
    )


def _fill(label: LiteralString) -> LiteralString:
    # What stands is put back after the gaps are filled: a mention never changes a property.
    return (
        _met(label)
        + """WHERE any(key IN keys(row.gaps) WHERE had[key] IS NULL)
SET node += row.gaps
SET node += had
"""
        + kept(label)
    )


def _describe(label: LiteralString) -> LiteralString:
    return (
        _met(label)
        + """SET node += row.known
"""
        + kept(label)
    )


def _state(label: LiteralString) -> LiteralString:
    # What has a version was changed here: that stands, and what is loaded only fills what is absent.
    return (
        _met(label)
        + """SET node += row.known
FOREACH (changed IN CASE WHEN had.version IS NULL THEN [] ELSE [1] END | SET node += had)
"""
    )


def _link(relation: Relation) -> LiteralString:
    # What editors took away is not made again; what they made is theirs.
    known: LiteralString = (
        "CASE WHEN old.sourceId = $editors THEN {} ELSE row.known END"
        if relation.editable
        else "row.known"
    )
    return (
        "\nUNWIND $rows AS row\n"
        "MATCH (start:" + relation.start + " {id: row.start})\n"
        "MATCH (end:" + relation.end + " {id: row.end})\n"
        "OPTIONAL MATCH " + _pair(relation) + relation.same("old", "row") + "\n"
        "FOREACH (absent IN CASE WHEN old IS NULL THEN [1] ELSE [] END |\n"
        "  CREATE (start)-[:" + relation.type + " {sourceId: $sourceId, recordedAt: $recordedAt"
        "" + _made(relation) + "}]->(end))\n"
        "SET old += " + known + "\n"
    )


def _pair(relation: Relation) -> LiteralString:
    """Return the pattern of those that stand or are denied; the embedded engine walks it as it is written."""
    types = relation.type
    if relation.editable:
        types += "|" + relation.denial.type
    if relation.ends_bear_few:
        return "(end)<-[old:" + types + "]-(start)"
    return "(start)-[old:" + types + "]->(end)"


def _made(relation: Relation) -> LiteralString:
    """Return the properties a relationship is created with, those of its key included."""
    keys: LiteralString = "".join([f", {name}: row.{name}" for name in relation.key])
    known: LiteralString = "".join([f", {name}: row.known.{name}" for name in relation.known])
    return keys + known


# For things of the catalogue: what mentions say of them, and what records do.
FILL: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _fill(label) for label in LABELS}
)
DESCRIBE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _describe(label) for label in LABELS}
)

# For what asserts something of them.
STATE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        "Identifier": _state("Identifier"),
        "Identity": _state("Identity"),
        "IdentityLink": _state("IdentityLink"),
        "Claim": _state("Claim"),
        "Agreement": _state("Agreement"),
        "PolicyFlag": _state("PolicyFlag"),
        "Deal": _state("Deal"),
        "Acknowledgement": _state("Acknowledgement"),
        "Conflict": _state("Conflict"),
    }
)

# (start's label, relationship type, end's label) → statement.
LINK: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {relation.triple: _link(relation) for relation in STATED}
)
