"""One operation while it runs: its values, what waits for a read, and its errors."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import GraphQLError, located_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from execution.selections import Nodes
    from graph.client import Graph
    from resolvers.context import Context

CONCURRENT_READS = 16

Path: TypeAlias = "tuple[Any, str | int] | None"
"""A place in the answer, from the inside out: the path of what is around it, and its own key."""

Complete: TypeAlias = "Callable[[Any, Path, Run], Any]"
"""Turns what was read into what is answered, at a path; raises Nulled."""


class Nulled(Exception):
    """What may not be null is, and the error is told: what is around it becomes null."""


@dataclass(frozen=True, slots=True)
class ReadLog:
    """One read as it ran."""

    summary: str
    cypher: str
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Ran:
    """One step as it ran: where, what it does, for how many parents, and by which reads."""

    path: str
    kind: str
    parents: int
    reads: list[ReadLog]
    began: int
    """In ns since the run began, as what follows."""
    ended: int


@dataclass(slots=True)
class Run:
    """One run of a plan."""

    graph: Graph
    context: Context
    bound: list[Any]
    """By number of the field with arguments: what they are, or the error they are."""
    data: dict[str, Any] | None = None
    errors: list[GraphQLError] = field(default_factory=list[GraphQLError])
    waiting: dict[int, list[Waiting]] = field(default_factory=dict[int, "list[Waiting]"])
    """By number of the step: the places that it fills."""
    found: dict[int, dict[str, Any]] = field(default_factory=dict[int, "dict[str, Any]"])
    """By number of the step, and type: the rows it read, by id, or the error it met."""
    shared: dict[str, tuple[dict[str, None], asyncio.Future[dict[str, Any]]]] = field(
        default_factory=dict[str, "tuple[dict[str, None], asyncio.Future[dict[str, Any]]]"]
    )
    """By text: the ids that are about to be read, and what reads them."""
    completed: dict[tuple[object, int], tuple[Any, Any, list[Path]]] = field(
        default_factory=dict[tuple[object, int], "tuple[Any, Any, list[Path]]"]
    )
    """By what completes and the identity of what it completed: that, its completion, and its twins."""
    twins: dict[Path, list[Path]] = field(default_factory=dict["Path", "list[Path]"])
    """By the first place of what may stand in several: the others."""
    located: dict[int, GraphQLError] = field(default_factory=dict[int, GraphQLError])
    """By identity of a field's nodes, which the plan keeps: an error that tells where they stand."""
    log: list[Ran] | None = None
    began: int = field(default_factory=perf_counter_ns)
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONCURRENT_READS))

    def fail(self, error: Exception, nodes: Nodes, path: Path) -> None:
        """Tell an error at a path, and wherever else the value at fault stands."""
        for each in self.places(path):
            self.errors.append(self._located(error, nodes, keys_of(each)))

    def _located(self, error: Exception, nodes: Nodes, keys: list[str | int]) -> GraphQLError:
        if isinstance(error, GraphQLError):
            return located_error(error, list(nodes), keys)
        # Where a field stands is looked for in the text once: a long list may fail at each item.
        place = self.located.get(id(nodes))
        if place is None:
            place = self.located[id(nodes)] = located_error(error, list(nodes), keys)
        told = located_error(error, None, keys)
        told.nodes, told.source, told.positions = place.nodes, place.source, place.positions
        told.locations = place.locations
        return told

    def alive(self, path: Path) -> bool:
        """Say whether a place, or one that has the same value, is still part of the answer."""
        return any(self._alive(keys_of(each)) for each in self.places(path))

    def places(self, path: Path) -> list[Path]:
        """Return the path and those with the same value; of several only what is part of the answer."""
        found, below = [path], None
        for each in found:  # It grows on the way.
            around, rest = each, list[str | int]()
            while around is not None:
                if twins := self.twins.get(around):
                    found += [_below(twin, rest) for twin in twins]
                    # What is inside of the value may be not in its place yet: it is the value that is.
                    below = len(rest) if below is None else below
                around, key = around
                rest.append(key)
        if below is None:
            return found
        return [each for each in found if self._alive(keys_of(each)[: -below or None])]

    def _alive(self, keys: list[str | int]) -> bool:
        value: Any = self.data
        for key in keys[:-1]:
            if value is None:
                return False
            value = value[key]
        return value is not None

    def blank(self, keys: list[str | int]) -> None:
        """Make the place null; an empty path is the whole answer."""
        if not keys:
            self.data = None
            return
        value: Any = self.data
        for key in keys[:-1]:
            if value is None:
                return
            value = value[key]
        if value is not None:
            value[keys[-1]] = None


Waiting: TypeAlias = "tuple[dict[str, Any], Any, Path]"
"""A place to fill: the object around it, what the field is of, and the path."""


def _below(path: Path, keys: list[str | int]) -> Path:
    """Return what keys, from the inside out, lead to from a path."""
    for key in reversed(keys):
        path = path, key
    return path


def keys_of(path: Path) -> list[str | int]:
    """Return a path as GraphQL tells it, from the outside in."""
    keys: list[str | int] = []
    while path is not None:
        keys.append(path[1])
        path = path[0]
    return keys[::-1]
