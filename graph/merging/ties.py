"""Relationships as they were stated, seen through the merges that moved them or set them aside.

A relationship has two ends: each is at a thing, and names the merged ids that it stood at before. Nothing is
read or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, TypeAlias

from graph.facts.relations import Relation

Path: TypeAlias = "tuple[str, ...]"

MOVED_FROM: Final = "movedFrom"
_ABOUT: Final = frozenset({MOVED_FROM, "relation", "outward"})


class Side(NamedTuple):
    """One end: the merged ids it stood at, first to last, and the thing it is at."""

    path: Path
    at: str


class Aside(NamedTuple):
    """Where a relationship is kept that is not visible: at the redirect of a merged id on one side's path."""

    redirect: str
    side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One relationship: its start and its end, and what it was stated with."""

    element: str
    relation: Relation
    sides: tuple[Side, Side]
    aside: Aside | None
    properties: dict[str, Any]

    @property
    def pair(self) -> tuple[Any, ...]:
        """What only one visible relationship has: the type, the ends, the key."""
        relation = self.relation
        key = (self.properties.get(name) for name in relation.key)
        said = ("" if value is None else value for value in key)
        return (relation.start, relation.type, relation.end, *self.ends, *said)

    @property
    def ends(self) -> tuple[str, str]:
        """The start and the end of it as it is visible, in their order where there is one."""
        start, end = self.sides[0].at, self.sides[1].at
        return (end, start) if self.relation.ordered and end < start else (start, end)

    @property
    def is_own(self) -> bool:
        """Whether it is at the very things between which it was stated."""
        return not any(side.path for side in self.sides)

    @property
    def ties_to_itself(self) -> bool:
        """Whether its two ends have become one."""
        return self.sides[0].at == self.sides[1].at and not self.is_own

    @property
    def moved_from(self) -> list[str]:
        """What it is stored with: the ids it stood at, those of the side it is kept at up to there."""
        start, end = self.sides[0].path, self.sides[1].path
        if self.aside is None:
            return [*start, *end]
        near, far = (end, start) if self.aside.side else (start, end)
        return [*near[: near.index(self.aside.redirect)], *far]

    def shown(self) -> Tie:
        """Return it visible."""
        return replace(self, aside=None)

    def hidden(self) -> Tie:
        """Return it kept aside: where it is already, if that is still on its way."""
        if self.aside is not None and self.aside.redirect in self.sides[self.aside.side].path:
            return self
        side = 0 if self.sides[0].path else 1
        return replace(self, aside=Aside(self.sides[side].path[-1], side))


class Tree:
    """What was merged into one survivor: into what each merged id was merged itself."""

    def __init__(self, survivor: str, into: Mapping[str, str]) -> None:
        self.survivor = survivor
        self._into = into

    def __contains__(self, merged: str) -> bool:
        return merged in self._into

    @property
    def ids(self) -> frozenset[str]:
        """The merged ids."""
        return frozenset(self._into)

    def way(self, merged: str) -> Path:
        """Return the ids from a merged one to the last before the survivor."""
        found = [merged]
        while self._into[found[-1]] in self._into:
            found.append(self._into[found[-1]])
        return tuple(found)

    def branch(self, merged: str) -> frozenset[str]:
        """Return a merged id and all that came through it."""
        return frozenset(each for each in self._into if merged in self.way(each))

    def visible(
        self,
        element: str,
        relation: Relation,
        properties: dict[str, Any],
        *,
        starts: bool,
        other: str,
    ) -> Tie:
        """Return a visible relationship of the survivor with another thing."""
        near, far = _split(properties, self.__contains__)
        sides = Side(near, self.survivor), Side(far, other)
        return _tie(element, relation, properties, sides if starts else sides[::-1], None)

    def aside(  # noqa: PLR0913 - where it is, and what it is.
        self,
        element: str,
        relation: Relation,
        properties: dict[str, Any],
        *,
        redirect: str,
        to: str,
        other: str,
    ) -> Tie:
        """Return a relationship kept at a redirect, whose survivor is `to`, with another thing.

        One of the two is the survivor of this tree.
        """
        if redirect not in self:
            far, near = _split(properties, self.__contains__)
            way: Path = (redirect,)
        else:
            if other == self.survivor:
                # Both ends are here: what came through the redirect is on its side.
                branch = self.branch(redirect) - {redirect}
                near, far = _split(properties, branch.__contains__)
            else:
                near, far = _split(properties, self.__contains__)
            way = self.way(redirect)
        sides = Side((*near, *way), to), Side(far, other)
        outward: bool = properties["outward"]
        kept = Aside(redirect, 0 if outward else 1)
        return _tie(element, relation, properties, sides if outward else sides[::-1], kept)


def _split(properties: Mapping[str, Any], near: Callable[[str], bool]) -> tuple[Path, Path]:
    moved: list[str] = properties.get(MOVED_FROM) or []
    return tuple(each for each in moved if near(each)), tuple(
        each for each in moved if not near(each)
    )


def _tie(
    element: str,
    relation: Relation,
    properties: Mapping[str, Any],
    sides: tuple[Side, ...],
    aside: Aside | None,
) -> Tie:
    start, end = sides
    return Tie(
        element=element,
        relation=relation,
        sides=(start, end),
        aside=aside,
        properties={name: value for name, value in properties.items() if name not in _ABOUT},
    )
