"""The statements of merging and unmerging: a closed table of literal texts, by label and relationship."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

from graph.facts.merging import LABELS
from graph.facts.relations import BY_TRIPLE, RELATIONS, Relation

REDIRECTS: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})
RETURN collect(properties(redirect)) AS rows
"""

# Those of before this was kept were merged into the final survivor.
TREE: Final = """
MATCH (redirect:Redirect {to: $to})
RETURN collect([redirect.id, coalesce(redirect.into, redirect.to)]) AS rows
"""

# The last word on what the thing is: what a source says of it does not change it, and it overrides a parting.
MERGE: Final = """
MERGE (redirect:Redirect {id: $id})
SET redirect.to = $to, redirect.into = $to, redirect.label = $label, redirect.reason = $reason,
  redirect.sourceId = $sourceId, redirect.recordedAt = $recordedAt,
  redirect.partedAt = null, redirect.partedFrom = null
WITH redirect
MATCH (behind:Redirect {to: $id})
SET behind.into = coalesce(behind.into, behind.to), behind.to = $to
"""

# What came through a thing is its own again.
FOLLOW: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})
SET redirect.into = coalesce(redirect.into, redirect.to), redirect.to = $to
"""

PART: Final = """
MATCH (redirect:Redirect {id: $id})
SET redirect = {id: redirect.id, label: redirect.label, reason: redirect.reason,
  sourceId: redirect.sourceId, recordedAt: redirect.recordedAt, partedAt: $partedAt,
  partedFrom: $partedFrom}
"""


def _bring_back(label: LiteralString) -> LiteralString:
    return f"""
MATCH (redirect:Redirect {{id: $id}})
CREATE (node:{label})
SET node = properties(redirect)
SET node.sourceId = redirect.hadSourceId, node.recordedAt = redirect.hadRecordedAt,
  node.hadSourceId = null, node.hadRecordedAt = null,
  node.to = null, node.into = null, node.label = null, node.reason = null
"""


def _moved(label: LiteralString) -> LiteralString:
    return f"""
MATCH (thing:{label} {{id: $id}})-[found]-(other)
WHERE type(found) <> 'HAD' AND any(each IN found.movedFrom WHERE each IN $ids)
WITH found, other LIMIT $limit
RETURN collect([elementId(found), type(found), startNode(found).id = $id, labels(other)[0],
  other.id, properties(found)]) AS rows
"""


ASIDE: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})-[found:HAD]->(other)
WITH redirect, found, other LIMIT $limit
RETURN collect([elementId(found), redirect.id, redirect.label, redirect.to, labels(other)[0],
  other.id, properties(found)]) AS rows
"""


def _aside_at(label: LiteralString) -> LiteralString:
    return f"""
MATCH (other:{label} {{id: $id}})<-[found:HAD]-(redirect:Redirect)
WITH redirect, found, other LIMIT $limit
RETURN collect([elementId(found), redirect.id, redirect.label, redirect.to, '{label}',
  other.id, properties(found)]) AS rows
"""


def _make(relation: Relation) -> LiteralString:
    return f"""
UNWIND $rows AS row
MATCH (start:{relation.start} {{id: row.start}})
MATCH (end:{relation.end} {{id: row.end}})
CREATE (start)-[made:{relation.type}]->(end)
SET made = row.properties
"""


def _drop(relation: Relation) -> LiteralString:
    few = (
        f"(end)<-[found:{relation.type}]-(start)"
        if relation.ends_bear_few
        else f"(start)-[found:{relation.type}]->(end)"
    )
    return f"""
UNWIND $rows AS row
MATCH (start:{relation.start} {{id: row.start}})
MATCH (end:{relation.end} {{id: row.end}})
MATCH {few} WHERE elementId(found) = row.element
DELETE found
"""


def _keep(label: LiteralString) -> LiteralString:
    return f"""
UNWIND $rows AS row
MATCH (redirect:Redirect {{id: row.redirect}})
MATCH (other:{label} {{id: row.other}})
CREATE (redirect)-[had:HAD]->(other)
SET had = row.properties
"""


def _release(label: LiteralString) -> LiteralString:
    return f"""
UNWIND $rows AS row
MATCH (redirect:Redirect {{id: row.redirect}})
MATCH (other:{label} {{id: row.other}})
MATCH (other)<-[had:HAD]-(redirect) WHERE elementId(had) = row.element
DELETE had
"""


_ENDS: Final[tuple[LiteralString, ...]] = tuple(
    dict.fromkeys(end for each in RELATIONS for end in (each.start, each.end))
)

BRING_BACK: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _bring_back(label) for label in LABELS}
)
MOVED: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _moved(label) for label in LABELS}
)
ASIDE_AT: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _aside_at(label) for label in LABELS}
)
# (start's label, relationship type, end's label) → statement.
MAKE: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {triple: _make(relation) for triple, relation in BY_TRIPLE.items()}
)
DROP: Final[Mapping[tuple[str, str, str], LiteralString]] = MappingProxyType(
    {triple: _drop(relation) for triple, relation in BY_TRIPLE.items()}
)
# The label of the other end → statement.
KEEP: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _keep(label) for label in _ENDS}
)
RELEASE: Final[Mapping[str, LiteralString]] = MappingProxyType(
    {label: _release(label) for label in _ENDS}
)
