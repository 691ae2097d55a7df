"""Facts that name a merged id land on its survivor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any, Final, TypeAlias

from graph.client import Graph
from graph.facts.assertions import AssertionFact
from graph.facts.entities import EntityFact
from graph.facts.links import ArtistLinkFact, LinkFact, ParentFact, SublabelFact
from graph.facts.redirects import RedirectFact
from graph.facts.registrations import RegistrationsFact

Fact: TypeAlias = EntityFact | LinkFact | AssertionFact | RegistrationsFact | RedirectFact

SURVIVORS_OF: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})
WHERE redirect.to IS NOT NULL
RETURN collect([key, redirect.to]) AS rows
"""

# Those that no source merges: they have moved to a survivor already, or were parted by an editor.
SETTLED: Final = """
UNWIND $ids AS key
MATCH (redirect:Redirect {id: key})
WHERE redirect.hadRecordedAt IS NOT NULL OR redirect.partedAt IS NOT NULL
RETURN collect([key, coalesce(redirect.partedFrom, [])]) AS rows
"""


async def landed(graph: Graph, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts about survivors instead of merged things, by the graph's and their own merges.

    What was said of a merged thing itself only fills what the survivor lacks. Whatever would tie
    a survivor to itself is left out.
    """
    asked = {getattr(fact, name) for fact in facts for name in _names(type(fact))}
    asked.discard(None)
    survivors: dict[str, str] = dict(await graph.read("survivors", SURVIVORS_OF, ids=sorted(asked)))
    merges = [fact for fact in facts if isinstance(fact, RedirectFact)]
    if merges:
        named = sorted({each for fact in merges for each in (fact.id, fact.to)})
        settled: dict[str, list[str]] = dict(await graph.read("settled", SETTLED, ids=named))
        for fact in merges:
            if fact.id not in settled and fact.id not in settled.get(fact.to, ()):
                _merge(survivors, fact)
    if not survivors:
        return list(facts)
    return list(_moved(facts, survivors))


def _merge(survivors: dict[str, str], fact: RedirectFact) -> None:
    # As the statement that stores a redirect does: no loops, and no path longer than one step.
    survivor = survivors.get(fact.to, fact.to)
    if survivor == fact.id:
        return
    survivors[fact.id] = survivor
    for merged, to in survivors.items():
        if to == fact.id:
            survivors[merged] = survivor


def _moved(facts: Sequence[Fact], survivors: dict[str, str]) -> Iterator[Fact]:
    for fact in facts:
        names = () if isinstance(fact, RedirectFact) else _names(type(fact))
        changes: dict[str, Any] = {
            name: survivors[getattr(fact, name)]
            for name in names
            if getattr(fact, name) in survivors
        }
        if not changes:
            yield fact
            continue
        if "id" in changes:
            changes["mention"] = True
        found = replace(fact, **changes)
        if isinstance(found, ArtistLinkFact) and found.type == "ALIAS_OF":
            first, second = sorted((found.artist_id, found.other_id))
            found = replace(found, artist_id=first, other_id=second)
        if not _ties_to_itself(found):
            yield found


def _ties_to_itself(fact: Fact) -> bool:
    match fact:
        case ArtistLinkFact():
            return fact.artist_id == fact.other_id
        case SublabelFact():
            return fact.label_id == fact.parent_id
        case ParentFact():
            return fact.party_id == fact.parent_id
        case _:
            return False


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a kind of fact that hold ids of things that can be merged."""
    if kind is RedirectFact:
        return ("id", "to")
    if kind in EntityFact.__args__:
        return ("id",)
    names = (field.name for field in fields(kind))
    return tuple(name for name in names if name.endswith("_id") and name != "identity_id")
