"""What may be said of what hangs on things of the catalogue: identifiers, credits, relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from graph.errors import InvalidValue, Merged
from graph.facts.relations import BY_TRIPLE, Relation
from graph.linking import (
    AddIdentifier,
    AddRelation,
    End,
    RemoveIdentifier,
    RemoveRelation,
    Tied,
)
from resolvers.context import Context
from resolvers.editing import checked
from resolvers.things import Thing
from resolvers.writing import Asked, Outcome, Refusals, carry_out, ref_of
from standards.identifiers import Scheme

# What a standard numbers; all other schemes number things of several kinds.
_NUMBERS: Final[Mapping[Scheme, str]] = {
    Scheme.ISRC: "Recording",
    Scheme.ISWC: "Work",
    Scheme.ICPN: "Release",
    Scheme.GRID: "Release",
    Scheme.LABEL_CODE: "Label",
}
_CREDITS: Final[Mapping[str, str]] = {
    "Recording": "RECORDED",
    "Release": "RELEASED",
    "Work": "WROTE",
}
RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        kind: BY_TRIPLE[triple]
        for kind, triple in {
            "TRACK": ("Release", "HAS_TRACK", "Recording"),
            "ISSUED_BY": ("Release", "ISSUED_BY", "Label"),
            "RECORDING_OF": ("Recording", "RECORDING_OF", "Work"),
            "MEMBER_OF": ("Artist", "MEMBER_OF", "Artist"),
            "ALIAS_OF": ("Artist", "ALIAS_OF", "Artist"),
            "PERFORMS_AS": ("Artist", "PERFORMS_AS", "Artist"),
            "SUBLABEL_OF": ("Label", "SUBLABEL_OF", "Label"),
            "OPERATES": ("Party", "OPERATES", "Label"),
            "PARENT_OF": ("Party", "PARENT_OF", "Party"),
            "KNOWN_AS": ("Party", "KNOWN_AS", "Artist"),
        }.items()
    }
)
"""The relations of two things that can be added and taken away, by kind; each runs from `id` to `other`."""
_UNLESS_SAID: Final[Mapping[str, Any]] = {"medium": 1, "catalogueNumber": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A thing, by its name in what is asked, and the version that it is expected to have."""

    thing: Thing
    name: str = "id"
    expected: int | None


async def identifier(
    context: Context, asked: Asked, side: Side, given: Mapping[str, Any], *, added: bool
) -> Outcome:
    """Say that a thing bears an identifier, or does not; an invalid one is kept, and never links."""
    thing = side.thing

    def make() -> AddIdentifier | RemoveIdentifier:
        said = checked(given)
        scheme = Scheme(said["scheme"])
        if thing.type != _NUMBERS.get(scheme, thing.type):
            message = f"{scheme} numbers things of the type {_NUMBERS[scheme]}."
            raise InvalidValue(message, path=("scheme",))
        command = AddIdentifier if added else RemoveIdentifier
        return command(ref_of(thing), scheme, said["value"], expected=side.expected)

    return await carry_out(context, asked, make, thing)


async def credit(  # noqa: PLR0913 - two things, and what is said of them.
    context: Context,
    asked: Asked,
    side: Side,
    artist: Side,
    given: Mapping[str, Any],
    *,
    added: bool,
) -> Outcome:
    """Add or take away what an artist did on a recording, release or work."""
    type_ = side.thing.type

    def make() -> AddRelation | RemoveRelation:
        if type_ not in _CREDITS:
            raise InvalidValue(f"Nobody is credited on things of the type {type_}.", path=("id",))
        relation = BY_TRIPLE["Artist", _CREDITS[type_], type_]
        return _command(relation, (_end(artist), _end(side)), given, added=added)

    return _told(await carry_out(context, asked, make, side.thing))


async def relation(  # noqa: PLR0913 - two things, and what is said of them.
    context: Context,
    asked: Asked,
    side: Side,
    other: Side,
    given: Mapping[str, Any],
    *,
    added: bool,
) -> Outcome:
    """Add or take away a relation of two things."""

    def make() -> AddRelation | RemoveRelation:
        said = dict(given)
        kind: str = said.pop("kind")
        relation = RELATIONS[kind]
        for each, wanted in ((side, relation.start), (other, relation.end)):
            if each.thing.type != wanted:
                message = f"{kind} runs from {relation.start} to {relation.end}."
                raise InvalidValue(message, path=(each.name,))
        return _command(relation, (_end(side), _end(other)), said, added=added)

    return _told(await carry_out(context, asked, make, side.thing))


def _command(
    relation: Relation, ends: tuple[End, End], given: Mapping[str, Any], *, added: bool
) -> AddRelation | RemoveRelation:
    """Return the command for what is said of a relationship; raise Refusals for what cannot be said."""
    told = {name: value for name, value in given.items() if value is not None}
    needed = () if relation.absent else relation.key
    wrong = [
        *(
            InvalidValue(f"{name}: nothing that is said of {relation.type}", path=(name,))
            for name in told
            if name not in {*relation.key, *relation.known}
        ),
        *(
            InvalidValue(f"{name}: must be given", path=(name,))
            for name in needed
            if name not in told and name not in _UNLESS_SAID
        ),
    ]
    if wrong:
        raise Refusals(tuple(wrong))
    said = checked(told)
    key = {name: said.pop(name, _UNLESS_SAID.get(name)) for name in relation.key}
    tied = Tied(relation=relation, start=ends[0], end=ends[1], key=key)
    return AddRelation(tied, said) if added else RemoveRelation(tied)


def _told(outcome: Outcome) -> Outcome:
    """Return an outcome about the survivor of whichever end was merged, whatever it is."""
    for each in outcome.refusals:
        if isinstance(each, Merged):
            return replace(outcome, subject=Thing(each.label, each.into))
    return outcome


def _end(side: Side) -> End:
    return End(ref_of(side.thing), name=side.name, expected=side.expected)
