"""The statements of adding and taking away: closed tables of literal texts, by label and relationship."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

from graph.facts.merging import LABELS
from graph.facts.relations import STATED, Relation


def _of_a_pair(relation: Relation, found: LiteralString) -> LiteralString:
    """Return how relationships of a type are found by row, from the side that bears few."""
    pattern = (
        f"(end)<-[{found}:{relation.type}]-(start)"
        if relation.ends_bear_few
        else f"(start)-[{found}:{relation.type}]->(end)"
    )
    return f"""
UNWIND $rows AS row
MATCH (start:{relation.start} {{id: row.start}})
MATCH (end:{relation.end} {{id: row.end}})
MATCH {pattern}{relation.same(found, "row")}"""


def _deny(relation: Relation) -> LiteralString:
    return f"""{_of_a_pair(relation, "found")}
CREATE (start)-[denial:{relation.denial.type}]->(end)
SET denial = properties(found)
DELETE found
"""


_EDITABLE: Final = [each for each in STATED if each.editable]

# (start's label, relationship type, end's label) → statement.
STANDING: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {
        each.triple: _of_a_pair(each, "found") + "\nRETURN collect(properties(found)) AS rows"
        for each in _EDITABLE
    }
)
DENY: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {each.triple: _deny(each) for each in _EDITABLE}
)
ADMIT: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {each.triple: _of_a_pair(each.denial, "found") + "\nDELETE found" for each in _EDITABLE}
)

# The bearer's label → statement.
BORNE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {
        label: f"""
MATCH (thing:{label} {{id: $id}})-[found:HAS_IDENTIFIER]->(identifier:Identifier)
WHERE identifier.scheme = $scheme
RETURN collect([identifier.id, identifier.key,
  identifier {{.scheme, .raw, .value, .valid, .reason, sourceId: found.sourceId}}]) AS rows
"""
        for label in LABELS
    }
)
