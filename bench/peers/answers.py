"""Answers of ours and of a peer held against each other, before anything is timed.

Lists keep their order, except identity links, which `@neo4j/graphql` cannot order by what they lead
to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from bench.operations import Operation
from bench.peers.items import Items
from bench.peers.theirs import peer_items

_SHOWN: Final = 160


class DifferentAnswersError(Exception):
    """A peer answers something else than we do: nothing may be timed."""


def compare(operation: Operation, peer: str, ours: Items, data: Mapping[str, Any]) -> None:
    """Raise DifferentAnswersError, saying where, unless a peer's answer holds what ours does."""
    where = f"{operation.upper()}: {peer} and Content Graph differ"
    try:
        theirs = peer_items(operation, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DifferentAnswersError(f"{where}: {type(error).__name__} {error}") from error
    if odd := sorted(ours.keys() ^ theirs.keys()):
        raise DifferentAnswersError(f"{where}: only one of them answers {odd[0]}.")
    for item, fields in ours.items():
        for name in sorted(fields.keys() | theirs[item].keys()):
            one, other = fields.get(name), theirs[item].get(name)
            if one != other:
                raise DifferentAnswersError(f"{where} on {item}: {name}{_apart(one, other)}.")


def _apart(one: Any, other: Any) -> str:
    """Return how two values differ; lists at the first place where they do."""
    place = ""
    if isinstance(one, list) and isinstance(other, list):
        ours, theirs = cast("list[Any]", one), cast("list[Any]", other)
        pairs = enumerate(zip(ours, theirs, strict=False), 1)
        odd = next(((at, *pair) for at, pair in pairs if pair[0] != pair[1]), None)
        if odd is None:
            return f" has {len(theirs)} rows there, {len(ours)} here"
        place, one, other = f" {odd[0]}", odd[1], odd[2]
    return f"{place} is {_shown(other)} there, {_shown(one)} here"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
