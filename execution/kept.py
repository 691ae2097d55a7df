"""What is kept while it is used: bounded by what it takes, the longest unused forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, which take up to `room` together; who keeps them says what each takes."""

    def __init__(self, room: int) -> None:
        self._free = room
        self._values: OrderedDict[str, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: str) -> Value | None:
        """Return the value, which is the last used one from then on, or None."""
        kept = self._values.get(key)
        if kept is None:
            return None
        self._values.move_to_end(key)
        return kept[0]

    def put(self, key: str, value: Value, takes: int) -> None:
        """Keep a value in place of what had the key; what takes more than all the room is not kept."""
        self._forget(key)
        self._values[key] = value, takes
        self._free -= takes
        self._fit()

    def grow(self, key: str, takes: int) -> None:
        """Say that a value takes so much more; one that is not kept any more takes nothing."""
        kept = self._values.get(key)
        if kept is not None:
            self._values[key] = kept[0], kept[1] + takes
            self._free -= takes
            self._fit()

    def _forget(self, key: str) -> None:
        kept = self._values.pop(key, None)
        if kept is not None:
            self._free += kept[1]

    def _fit(self) -> None:
        while self._free < 0:
            _, (_, takes) = self._values.popitem(last=False)
            self._free += takes
