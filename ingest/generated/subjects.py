"""What generated facts are about: things read from the graph, or things generated themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing by its id and name."""

    id: str
    name: str


class Numbered(Sequence[Subject]):
    """As many subjects as asked for, each made when it is looked at."""

    def __init__(self, size: int, make: Callable[[int], Subject]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Subject: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Subject]: ...
    def __getitem__(self, at: int | slice) -> Subject | Sequence[Subject]:
        if isinstance(at, slice):
            return [self._make(each) for each in range(*at.indices(self._size))]
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._make(at % self._size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The things that a layer of rights, identity and policy is laid over."""

    artists: Sequence[Subject]
    recordings: Sequence[Subject]
    works: Sequence[Subject]
    releases: Sequence[Subject]
    parties: Sequence[Subject]
